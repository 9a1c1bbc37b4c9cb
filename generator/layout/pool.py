"""Worker processes of which each may die or hang without harming the others' work.

`concurrent.futures.ProcessPoolExecutor` loses every unfinished task when one worker is killed, and
waits for ever for one that hangs. Here one thread watches one process, gives it one job at a time,
and starts another process when it dies. The shape is that of `concurrent.futures.Executor`.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

_T = TypeVar("_T")
_Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]


class WorkerLost(Exception):
    """The process that did this job was killed, or took too long and was ended."""


def _serve(
    pipe: Connection, start: Callable[..., object], arguments: tuple[object, ...], memory: int
) -> None:
    """Run jobs from the pipe until it closes; the process's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with suppress(ImportError, ValueError, OSError):  # no such limit on Windows and macOS
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    failure: BaseException | None = None
    try:
        start(*arguments)
    except BaseException as error:  # noqa: BLE001 - handed to the parent
        failure = error
    with suppress(EOFError, OSError):
        while True:
            function, values = pipe.recv()
            try:
                if failure:
                    raise failure
                answer: tuple[bool, Any] = (True, function(*values))
            except BaseException as error:  # noqa: BLE001 - handed to the parent
                answer = (False, error)
            pipe.send(answer)
    # The interpreter's own end would free WeasyPrint's fonts in the wrong order, and crash.
    os._exit(0)


class WorkerPool(Executor):
    """An executor over `count` spawned processes, each set up once by `start(*arguments)`."""

    def __init__(
        self,
        count: int,
        start: Callable[..., object],
        arguments: tuple[object, ...],
        seconds: float,
        memory: int = 2 << 30,
    ) -> None:
        """Give each job `seconds` of wall clock, and each process `memory` bytes."""
        self.setup = (start, arguments, memory)
        self.seconds = seconds
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.processes: dict[int, SpawnProcess] = {}
        self.ended = False
        self.threads = [
            threading.Thread(target=self._watch, args=(number,), daemon=True)
            for number in range(count)
        ]
        for thread in self.threads:
            thread.start()

    def submit(self, function: Callable[..., _T], /, *arguments: Any, **named: Any) -> Future[_T]:
        """Queue a picklable call; its WorkerLost says that the process died or hung."""
        future: Future[_T] = Future()
        if self.ended:
            raise RuntimeError("the workers were shut down")
        self.jobs.put((future, partial(function, **named) if named else function, arguments))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; with `cancel_futures` at once, else after the queued jobs."""
        if cancel_futures:
            self.ended = True
            with suppress(queue.Empty):
                while True:
                    if (job := self.jobs.get_nowait()) is not None:
                        job[0].cancel()
            for process in list(self.processes.values()):
                process.kill()
        for _ in self.threads:
            self.jobs.put(None)
        if wait:
            for thread in self.threads:
                thread.join()

    def _watch(self, number: int) -> None:
        pipe: Connection | None = None
        while (job := self.jobs.get()) is not None and not self.ended:
            future, function, arguments = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                pipe = pipe or self._spawn(number)
                done, value = self._ask(pipe, function, arguments)
            except Exception as error:  # noqa: BLE001 - one that cannot travel must not block all
                self._end(number)
                pipe = None
                killed = isinstance(error, EOFError | OSError)
                done, value = False, WorkerLost("the process was killed") if killed else error
            if done:
                future.set_result(value)
            else:
                future.set_exception(value)
        if pipe:
            pipe.close()
        self._end(number, gently=True)

    def _ask(
        self, pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> tuple[bool, Any]:
        pipe.send((function, arguments))
        if not pipe.poll(self.seconds):
            raise WorkerLost(f"no answer after {self.seconds:g} seconds")
        answer: tuple[bool, Any] = pipe.recv()
        return answer

    def _spawn(self, number: int) -> Connection:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        start, arguments, memory = self.setup
        process = context.Process(
            target=_serve, args=(theirs, start, arguments, memory), daemon=True
        )
        process.start()
        theirs.close()
        self.processes[number] = process
        return ours

    def _end(self, number: int, gently: bool = False) -> None:
        process = self.processes.pop(number, None)
        if process is None:
            return
        if gently:
            process.join(5)
        process.kill()
        process.join()
