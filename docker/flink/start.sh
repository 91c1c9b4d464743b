#!/bin/sh
# Flink's manager, its task managers and Beam's job server, each in the foreground; more arguments go to them as they are.
#   start.sh manager|tasks|jobs [-D key=value …]
# JARS: the folder of their jars; FLINK_CONF_DIR: that of config.yaml; HEAP: megabytes for the work of a task manager.
set -eu
: "${JARS:?}" "${FLINK_CONF_DIR:?}"
role=$1
shift

# what Flink reaches into, of a Java of today
for package in lang lang.reflect net io nio text time util util.concurrent util.concurrent.atomic util.concurrent.locks; do
  opens="${opens-} --add-opens=java.base/java.$package=ALL-UNNAMED"
done
opens="$opens --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-exports=java.base/sun.net.util=ALL-UNNAMED"
options="-XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=${LOG_LEVEL:-warn} ${JAVA_OPTIONS-}"

# shellcheck disable=SC2086 # options are words
case $role in
  manager)
    exec java -Xmx600m $opens $options -cp "$JARS/*" \
      org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint \
      --configDir "$FLINK_CONF_DIR" --executionMode cluster "$@" ;;
  tasks)
    heap=${HEAP:-512}
    exec java "-Xmx$((heap + 128))m" -XX:MaxDirectMemorySize=400m $opens $options -cp "$JARS/*" \
      org.apache.flink.runtime.taskexecutor.TaskManagerRunner \
      --configDir "$FLINK_CONF_DIR" -D "taskmanager.memory.task.heap.size=${heap}mb" "$@" ;;
  jobs)
    exec java -Xmx400m $opens $options -cp "$JARS/*" org.apache.beam.runners.flink.FlinkJobServerDriver "$@" ;;
  *)
    echo "start.sh manager|tasks|jobs" >&2
    exit 2 ;;
esac
