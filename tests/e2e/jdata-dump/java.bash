# Sourced by the cases that need what Java writes: compiled programs of tests/support/java on the class path.

# Compiles them once for the build; cases that run at the same time wait for the first.
java_classes() {
    local lock=$BUILD/tests/java.lock classes=$BUILD/tests/java
    (
        flock 8
        if [ ! -e "$classes/done" ] || [ -n "$(find "$SUPPORT/java" -newer "$classes/done" -name '*.java')" ]; then
            rm -rf "$classes"
            mkdir -p "$classes"
            javac -nowarn -d "$classes" "$SUPPORT"/java/*.java "$SUPPORT"/java/streams/*.java && touch "$classes/done"
        fi
    ) 8>"$lock"
    export CLASSPATH=$classes
}

# Files that any JDK has, in $FILES.
java_files() {
    FILES=$BUILD/tests/java-files
    sh "$SUPPORT/java_files.sh" "$FILES" >/dev/null
}
