package io.poolwatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JVM of the build cannot show: virtual threads, and a JVM without java.management. */
class OtherJvmsTest {

  private static final String SECONDS = System.getProperty("poolwatch.stress.seconds", "2");

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseZGC"})
  void virtualThreadsNeverShareAnObjectAndBooksAreExact(String collector) throws Exception {
    Optional<Path> jdk = Jvms.withVirtualThreads();
    assumeTrue(
        jdk.isPresent(),
        "no JDK 21 or newer: none is under /usr/lib/jvm, nor listed by -Dpoolwatch.jdks");
    String output =
        Jvms.run(jdk.get(), List.of(collector, "-Xmx128m"), PoolStress.class, "virtual", SECONDS);
    assertThat(output).startsWith("PASSED");
  }

  @Test
  void withoutJavaManagementCollectionsAreStillSeen() throws Exception {
    String output =
        Jvms.run(
            Path.of(System.getProperty("java.home")),
            List.of("--limit-modules", "java.base"),
            PoolStress.class,
            "platform",
            "1");
    assertThat(output).startsWith("PASSED");
  }
}
