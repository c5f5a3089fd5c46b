package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.config.SettingsReader;
import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.agent.log.LogSettings;
import io.poolwatch.agent.trace.ServiceSpans;
import io.poolwatch.agent.weave.PoolLibrary;
import io.poolwatch.agent.weave.PoolTransformer;
import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the parts together. What runs here delays the service's main method. */
final class Agent {
  private Agent() {}

  /**
   * Starts it.
   *
   * @param late whether the service runs already
   */
  static void start(@Nullable String arguments, Instrumentation instrumentation, boolean late) {
    Settings settings = SettingsReader.read(arguments, System.getProperties(), System.getenv());
    LogSettings.set(levelOf(settings), settings.text(Options.LOG_FILE));
    List<String> complaints = settings.complaints();
    for (int i = 0; i < complaints.size(); i++) {
      AgentLog.warn(complaints.get(i));
    }
    ServiceSpans spans = new ServiceSpans();
    BootSide boot = new BootSide(instrumentation, settings, spans);
    AgentThread thread = new AgentThread(boot, settings, spans);
    boot.onFirstPool(thread);
    boot.whenPrepared(thread.meterStarter());
    if (settings.flag(Options.ENABLED)) {
      List<PoolLibrary> libraries = Libraries.switchedOn(settings);
      PoolTransformer transformer =
          new PoolTransformer(new AgentContext(boot, settings), libraries);
      instrumentation.addTransformer(new ClassWatch(transformer, spans));
      List<String> tooEarly = transformer.begin(instrumentation.getAllLoadedClasses());
      if (!tooEarly.isEmpty()) {
        EarlyPools early = new EarlyPools(boot, tooEarly);
        thread.early(late ? early.wovenBy(transformer.late(instrumentation)) : early);
      }
      if ((settings.flag(Options.TELEMETRY) && ExportWish.isThere())
          || settings.text(Options.REPORT) != null) {
        thread.startSoon();
      }
    }
    AgentLog.onFirstLine(thread.starter());
  }

  private static String levelOf(Settings settings) {
    String level = settings.text(Options.LOG_LEVEL);
    return level == null ? Options.LOG_LEVEL.defaultValue() : level;
  }
}
