package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses of proxies that were given back: all, also while somebody else has the object by then. */
@Execution(ExecutionMode.CONCURRENT)
final class ProxiedPoolIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "proxied", Libraries.jar("commons-pool2-2.0"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 8", "2.6.2, 8", "2.13.1, 1", "2.13.1, 8"})
  void everyUseThatAProxyRefusesIsCounted(String version, String threads) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.watched()
              .quick()
              .exportingTo(collector)
              .classPath(service, Libraries.jar("commons-pool2-" + version))
              .run("example.proxied.ProxiedService", threads)
              .succeeded()
              .withoutComplaint();

      Map<String, Long> planted = new TreeMap<>(run.figures());
      assertThat(planted.remove("refused")).as("%s", run).isPositive();
      Map<String, Long> seen = new TreeMap<>();
      for (String pool : new String[] {"plain", "doomed", "keyed"}) {
        for (String kind : new String[] {"use_after_return", "use_after_destroy"}) {
          seen.put(
              pool + " " + kind,
              collector.last(
                  "poolwatch.violations",
                  "poolwatch.pool.name=" + pool,
                  "poolwatch.violation=" + kind));
        }
      }
      assertThat(seen).as("%s", run).isEqualTo(planted);
      assertThat(String.join("\n", run.agentLines()))
          .as("%s", run)
          .contains("use_after_return in pool plain", "example.proxied.ProxiedService.lambda$stale")
          .contains("the proxy was given back, and refused the call");
    }
  }
}
