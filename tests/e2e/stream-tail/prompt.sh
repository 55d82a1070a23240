# A line is out as soon as its bytes are in: the server sends the next only when this one has come out of the pipe.
. "$SUPPORT/feed_case.sh"
/usr/bin/python3 "$SUPPORT/lock_step.py"
