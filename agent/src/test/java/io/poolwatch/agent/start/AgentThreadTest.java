package io.poolwatch.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.config.SettingsReader;
import io.poolwatch.agent.trace.ServiceSpans;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentThreadTest {
  private final Settings settings =
      SettingsReader.read("live=false,log.level=off", new Properties(), Map.of());
  private final ServiceSpans spans = new ServiceSpans();

  /** Here, where the classes are in no jar, nothing can be put into the boot loader. */
  private final AgentThread agent =
      new AgentThread(new BootSide(helpless(), settings, spans), settings, spans);

  private static Instrumentation helpless() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            AgentThreadTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @AfterEach
  void end() {
    agent.finish();
  }

  @Test
  void waitsForItsNextBeatThoughWhatItIsToDoCannotBeBegun() throws Exception {
    agent.run();
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(each -> each.getName().equals("poolwatch"))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 500 && thread.getState() != Thread.State.TIMED_WAITING; i++) {
      Thread.sleep(10);
    }
    assertThat(thread.getState()).isEqualTo(Thread.State.TIMED_WAITING);
  }
}
