# The two lines that put the agent on an image of yours. Build context: a folder with your Dockerfile's files and poolwatch.jar.
FROM eclipse-temurin:21.0.11_10-jre-jammy

COPY service.jar /app/service.jar
COPY poolwatch.jar /opt/poolwatch/poolwatch.jar
ENV JAVA_TOOL_OPTIONS=-javaagent:/opt/poolwatch/poolwatch.jar

USER 10001:10001
ENTRYPOINT ["java", "-jar", "/app/service.jar"]
