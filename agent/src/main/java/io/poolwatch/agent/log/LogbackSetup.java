package io.poolwatch.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Configures Logback by itself: no file of the service's class path and no system property of the
 * service has a say. Writes to the process's standard error, not to {@code System.err}, which the
 * service may have replaced by a bridge into its own log.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LogbackSetup extends ContextAwareBase implements Configurator {
  static final String TIME_KEY = "poolwatch.time";

  private static final List<String> EXPORT_LOGGERS =
      Arrays.asList(
          "io.opentelemetry.exporter.otlp.internal.HttpExporter",
          "io.opentelemetry.exporter.otlp.internal.GrpcExporter",
          "io.opentelemetry.sdk.metrics.export.PeriodicMetricReader");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Encoder<ILoggingEvent> encoder = new LineEncoder();
    encoder.setContext(context);
    encoder.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level level = Level.toLevel(LogSettings.level(), Level.INFO);
    // What the libraries we carry have to say is of use only where they complain.
    root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    context.getLogger("io.poolwatch").setLevel(level);
    if (level.isGreaterOrEqual(Level.INFO)) {
      // A failing export is said once, and once when it is over, by ours; the SDK says it each
      // time.
      for (String name : EXPORT_LOGGERS) {
        context.getLogger(name).setLevel(Level.OFF);
      }
    }

    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setName("poolwatch");
    appender.setEncoder(encoder);
    appender.setOutputStream(open());
    appender.start();
    root.addAppender((Appender<ILoggingEvent>) appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  @SuppressWarnings("StreamResourceLeak") // Open as long as the JVM: it is the log.
  private static OutputStream open() {
    String file = LogSettings.file();
    if (file != null) {
      try {
        return LogFile.open(file);
      } catch (IOException | RuntimeException unusable) {
        AgentLog.warn(
            "log.file \""
                + LogFile.printable(file)
                + "\" cannot be written ("
                + LogFile.reason(unusable)
                + "); the log goes to standard error");
      }
    }
    return new FileOutputStream(FileDescriptor.err);
  }
}
