#!/bin/bash
# Files and functions that a person can read at one sitting.
exec /usr/bin/python3 "$CASE_DIR/sizes.py" "$SOURCE"
