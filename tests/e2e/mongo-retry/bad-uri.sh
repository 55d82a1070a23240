#!/bin/bash
# A connection string that is none, that is missing, or that holds a password where every user could read it.
for uri in http://host/ mongodb:// mongodb://h:99999/ 'mongodb://h/?w=0' mongodb://u:secret@h/; do
    mongo-retry insert --into d.c --uri "$uri" </dev/null
    echo "exit code $?"
done
mongo-retry insert --into d.c </dev/null
echo "exit code $?"
BRADAWL_MONGODB_URI='mongodb://u:secret@h:bad/' mongo-retry insert --into d.c </dev/null
echo "exit code $?"
mongo-retry insert --uri mongodb://h/ </dev/null
echo "exit code $?"
mongo-retry insert --uri mongodb://h/ --into nodot </dev/null
echo "exit code $?"
mongo-retry insert --uri 'mongodb://h/?tls=true&tlsCAFile=/no/such/file' --into d.c </dev/null
echo "exit code $?"
mongo-retry insert --uri mongodb://h/ --into d.c --batch 0 </dev/null
echo "exit code $?"
mongo-retry insert --uri mongodb://h/ --into d.c --backoff 5s..1s </dev/null
echo "exit code $?"
