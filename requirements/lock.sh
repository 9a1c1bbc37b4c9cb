#!/usr/bin/env bash
# Write the lock: for each purpose a file of exact versions, with the hashes of every file of a version.
# One file holds for all systems and for Python from 3.11 on, by markers. So uv and not pip-tools, which writes for the computer
# and the Python that it runs on; it also keeps a version as long as it fits the ranges. It runs in a venv of its own.
#   requirements/lock.sh UV [RENEW]      use `make lock`; with a second word the newest versions are taken
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$1
renew=${2:+--upgrade}

write() { # FILE OPTION…
  echo "requirements/$1.txt"
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
    --custom-compile-command "make lock" --output-file "requirements/$1.txt" ${renew} "${@:2}" >/dev/null
}

project() { # FILE OPTION…: what the program needs, what builds it, and more
  write "$@" --group build pyproject.toml
}

project run
project draft --extra draft --constraints requirements/run.txt
project test --extra draft --extra test --constraints requirements/run.txt
project tools --extra draft --extra test --extra browser --extra dask --extra detect --extra docs --group lock --group install \
  --constraints requirements/test.txt
project docs --extra docs --constraints requirements/tools.txt
# Torch is left out, and with it gigabytes of CUDA: the Makefile says which build is taken instead, and why it has no hash.
project argostranslate --extra draft --extra test --extra argostranslate --group beside-torch \
  --constraints requirements/test.txt --overrides <(echo "torch ; sys_platform == 'none'")
write lock --group lock

# In a folder of its own: npm would take what happens to lie in node_modules for what is wanted.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp package.json .npmrc "$folder"
[ -n "$renew" ] || cp package-lock.json "$folder"
echo package-lock.json
(cd "$folder" && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --silent)
cp "$folder/package-lock.json" package-lock.json
