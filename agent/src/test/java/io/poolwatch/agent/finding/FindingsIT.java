package io.poolwatch.agent.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each misuse planted in a forked service, and its clean twin: by the packaged agent, told once,
 * with its figures, in the log and to a receiver; and nothing of the twin.
 */
@Execution(ExecutionMode.CONCURRENT)
final class FindingsIT {
  @TempDir static Path directory;
  private static Path pools;
  private static Path letters;
  private static Path mix;
  private static Path bundled;

  @BeforeAll
  static void compile() throws URISyntaxException {
    bundled =
        Path.of(ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    pools = ServiceJar.build(directory, "poolfindings", Libraries.COMMONS_POOL2, bundled);
    mix = ServiceJar.build(directory, "partsmix", Libraries.jar("commons-pool2-2.6.2"));
    letters =
        ServiceJar.build(directory, "letterfindings", Libraries.jar("netty-common-4.0.56.Final"));
  }

  @ParameterizedTest
  @CsvSource({
    "PerRequest, closed, pool_per_request, PerRequest.Clients",
    "PerRequest, forgotten, pool_per_request, PerRequest.Clients",
    "Cleared, soft, long_lived_in_cleared_pool, Cleared.Connections",
    "Cleared, threadlocal, long_lived_in_cleared_pool, sockets",
    "Dirty, planted, dirty_return, requests"
  })
  void misuseOfPoolsIsToldOnce(String service, String way, String kind, String pool)
      throws IOException {
    isToldOnce(pools(service), "example.poolfindings." + service, way, kind, pool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PerRequest", "Cleared", "Dirty"})
  void nothingIsToldOfGoodPools(String service) throws IOException {
    nothingIsTold(pools(service), "example.poolfindings." + service);
  }

  /** Eight threads that do everything at random to good pools, some of which lose objects by it. */
  @Test
  void nothingIsToldOfAMixOfEverything() {
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .options("-Dpoolwatch.findings.after=1s", "-Dpoolwatch.dirty.pools=*")
            .classPath(mix, Libraries.COMMONS_POOL2)
            .run("example.partsmix.PartsService")
            .succeeded();
    assertThat(run.findings()).as("%s", run).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Warmed, warmed_by_other_thread",
    "HandedOver, returned_by_other_threads",
    "DirtyLetters, dirty_return"
  })
  void misuseOfRecyclersIsToldOnce(String service, String kind) throws IOException {
    isToldOnce(
        letters("4.2.20"), "example.letterfindings." + service, "planted", kind, "Letters.Letter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Warmed", "HandedOver", "DirtyLetters"})
  void nothingIsToldOfGoodRecyclers(String service) throws IOException {
    nothingIsTold(letters("4.2.20"), "example.letterfindings." + service);
  }

  @ParameterizedTest
  @CsvSource({
    "Warmed, 4.0.56, warmed_by_other_thread",
    "Warmed, 4.1.70, warmed_by_other_thread",
    "Warmed, 4.1.119, warmed_by_other_thread",
    "Warmed, 4.2.6, warmed_by_other_thread",
    "HandedOver, 4.1.70, returned_by_other_threads",
    "HandedOver, 4.1.119, returned_by_other_threads",
    "HandedOver, 4.2.6, returned_by_other_threads",
    "DirtyLetters, 4.0.56, dirty_return",
    "DirtyLetters, 4.1.70, dirty_return",
    "DirtyLetters, 4.1.119, dirty_return",
    "DirtyLetters, 4.2.6, dirty_return"
  })
  @Matrix("older generations")
  void misuseOfOlderRecyclersIsToldOnce(String service, String version, String kind)
      throws IOException {
    isToldOnce(
        letters(version), "example.letterfindings." + service, "planted", kind, "Letters.Letter");
  }

  /** The room between two threads shrinks with each use there, until nothing comes back at all. */
  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.9", "4.1.25"})
  @Matrix("older generations")
  void oldRecyclersLoseWhatIsHandedOverAsItShouldBe(String version) throws IOException {
    isToldOnce(
        letters(version),
        "example.letterfindings.HandedOver",
        "clean",
        "returned_by_other_threads",
        "Letters.Letter");
  }

  @ParameterizedTest
  @CsvSource({
    "Warmed, 4.0.56",
    "Warmed, 4.1.119",
    "HandedOver, 4.1.70",
    "HandedOver, 4.1.119",
    "DirtyLetters, 4.0.56",
    "DirtyLetters, 4.1.119"
  })
  @Matrix("older generations")
  void nothingIsToldOfGoodOlderRecyclers(String service, String version) throws IOException {
    nothingIsTold(letters(version), "example.letterfindings." + service);
  }

  private static ForkedJvm pools(String service) {
    ForkedJvm jvm = ForkedJvm.watched().quick().classPath(pools, Libraries.COMMONS_POOL2, bundled);
    return service.equals("Cleared") ? jvm.options("-XX:SoftRefLRUPolicyMSPerMB=0") : jvm;
  }

  private static ForkedJvm letters(String version) {
    return ForkedJvm.watched()
        .quick()
        .options(
            "-Dio.netty.recycler.ratio=0",
            "-Dio.netty.recycler.maxCapacity=128",
            "-Dio.netty.recycler.maxCapacityPerThread=128")
        .classPath(letters, Libraries.jar("netty-common-" + version + ".Final"));
  }

  private static void isToldOnce(ForkedJvm jvm, String main, String way, String kind, String pool)
      throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(jvm, collector, main, way);

      assertThat(run.findings()).as("%s", run).hasSize(1);
      assertThat(run.findings().get(0))
          .contains("finding " + kind + " in pool " + pool + " (")
          .contains("\n  seen: ")
          .contains("\n  way out: ");
      assertThat(String.join("\n", run.agentLines()))
          .containsPattern("WARN findings by pool:\\n  " + pool + "  " + kind + ": ");
      List<LogRecord> records = collector.logs("poolwatch.finding");
      assertThat(records).as("%s", run).hasSize(1);
      assertThat(OtlpCollector.attributes(records.get(0)))
          .containsEntry("poolwatch.finding", kind)
          .containsEntry("poolwatch.pool.name", pool);
      assertThat(records.get(0).getBody().getStringValue()).contains("way out: ");
    }
  }

  private static void nothingIsTold(ForkedJvm jvm, String main) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(jvm, collector, main, "clean").withoutComplaint();

      assertThat(run.findings()).as("%s", run).isEmpty();
      assertThat(collector.logs("poolwatch.finding")).as("%s", run).isEmpty();
    }
  }

  private static ForkedRun run(ForkedJvm jvm, OtlpCollector collector, String main, String way) {
    ForkedRun run =
        jvm.options("-Dpoolwatch.findings.after=2s", "-Dpoolwatch.dirty.pools=requests;Letters.*")
            .exportingTo(collector)
            .variable("OTEL_LOGS_EXPORTER", "otlp")
            .run(main, way)
            .succeeded();
    assertThat(run.out().strip()).as("%s", run).isEqualTo("done");
    assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    return run;
  }
}
