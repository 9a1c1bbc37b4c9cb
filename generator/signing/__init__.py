"""What readers do: sign, correct, carry over, answer, comment, take back."""
