# Beam's job server and the expansion service with KafkaIO, from the poms of the local stack.
#   docker build -f deploy/containers/beam.Dockerfile -t tally-beam .
# Other versions: --build-arg MAVEN="-Dbeam.version=2.77.0 -Dflink.line=1.20"
FROM maven:3.9-eclipse-temurin-17 AS build
ARG MAVEN=""
WORKDIR /build
COPY deploy/local/pom.xml pom.xml
COPY deploy/local/kafka/pom.xml kafka/pom.xml
COPY deploy/local/flink/pom.xml flink/pom.xml
# shellcheck disable=SC2086
RUN mvn --batch-mode --quiet --projects flink --also-make dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory=/jars ${MAVEN}

FROM eclipse-temurin:17-jre
COPY --from=build /jars /opt/beam/jars
COPY deploy/local/log4j2.properties /opt/beam/log4j2.properties
RUN useradd --create-home --uid 10001 beam
USER 10001
WORKDIR /home/beam
ENV JAVA_TOOL_OPTIONS="-Dlog4j2.configurationFile=/opt/beam/log4j2.properties -XX:MaxRAMPercentage=70"
EXPOSE 8097 8098 8099
# The job server, under the host name that clients know it by; the expansion service is the same image with another command.
CMD ["java", "-cp", "/opt/beam/jars/*", \
    "org.apache.beam.runners.flink.FlinkJobServerDriver", \
    "--job-host=job-server", "--job-port=8099", "--artifact-port=8098", "--expansion-port=-1", \
    "--clean-artifacts-per-job", "--flink-master=jobmanager:8081"]
