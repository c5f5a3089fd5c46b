package io.poolwatch.agent.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.export.Notices;
import io.poolwatch.gc.Epochs;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A JVM that does not tell, of a kind that cannot be had here: one line, and no figure. */
class PromotionTest {
  private static final String NOT_KNOWN = "promotion is not known, and not reported: ";

  private final List<String> lines = new ArrayList<>();
  private final Notices notices =
      new Notices() {
        @Override
        public void info(String line) {
          lines.add(line);
        }

        @Override
        public void warn(String line) {
          lines.add("WARN " + line);
        }
      };

  private void assertUnknown(Promotion promotion, String why) {
    assertThat(lines).containsExactly(NOT_KNOWN + why);
    assertThat(promotion.tenuring()).isNull();
    assertThat(Epochs.isOn()).isFalse();
    assertThat(Epochs.birth(new Object())).isEqualTo(Epochs.UNKNOWN);
    promotion.tick();
    assertThat(lines).hasSize(1);
  }

  @Test
  void aJvmThatDoesNotOpenItsPackageIsSaidInOneLine() {
    Instrumentation refusing =
        (Instrumentation)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName() + " refused");
                });
    assertUnknown(
        Promotion.follow(refusing, notices, false, () -> {}),
        "java.lang.UnsupportedOperationException: redefineModule refused");
  }

  @Test
  void aJvmWithCountersOfOtherNamesIsSaidInOneLine() {
    PerfCounters renamed = PerfCounters.of(Map.of("sun.gc.collector.young.count", 1L));
    Promotion promotion = Promotion.followBy(() -> renamed, notices, false, () -> {});
    assertThat(lines).hasSize(1).first().asString().contains("NoSuchFieldException: sun.gc.");
    assertUnknown(promotion, lines.get(0).substring(NOT_KNOWN.length()));
  }
}
