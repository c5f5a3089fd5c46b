# The agent's jar and a shell to copy it with: the image of the init container in docker/kubernetes. Build context: the root
# of the repository, after `mvn -B -DskipTests package`.
FROM busybox:1.37.0-musl

COPY agent/target/poolwatch.jar /poolwatch.jar

USER 10001:10001
CMD ["cp", "/poolwatch.jar", "/poolwatch/"]
