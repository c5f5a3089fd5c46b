package io.poolwatch.agent.log.jul;

import java.text.MessageFormat;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The methods of {@link java.util.logging.Logger} that the packaged libraries call, handed on to
 * SLF4J. References to the original are rewritten to this class when {@code poolwatch.jar} is
 * packaged, and a test of the jar finds any method that they call and that is not here.
 */
public final class Logger {
  private final org.slf4j.Logger target;

  private Logger(org.slf4j.Logger target) {
    this.target = target;
  }

  /** The stand-in of the given name. */
  public static Logger getLogger(String name) {
    return new Logger(LoggerFactory.getLogger(name));
  }

  /** The logger's name. */
  public String getName() {
    return target.getName();
  }

  /** Whether a line of that level would be written. */
  public boolean isLoggable(Level level) {
    return target.isEnabledForLevel(translate(level));
  }

  /** Logs at a level. */
  public void log(Level level, @Nullable String message) {
    if (isOn(level)) {
      target.atLevel(translate(level)).log(message);
    }
  }

  /** Logs with one parameter, which {@code {0}} stands for. */
  public void log(Level level, @Nullable String message, @Nullable Object parameter) {
    log(level, message, new @Nullable Object[] {parameter});
  }

  /** Logs with parameters, which {@code {0}}, {@code {1}}… stand for. */
  public void log(Level level, @Nullable String message, @Nullable Object @Nullable [] parameters) {
    if (isOn(level) && isLoggable(level)) {
      target.atLevel(translate(level)).log(format(message, parameters));
    }
  }

  /** Logs with a failure. */
  public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
    if (isOn(level)) {
      target.atLevel(translate(level)).setCause(thrown).log(message);
    }
  }

  /** Logs what is made only if somebody reads it. */
  public void log(Level level, Supplier<String> message) {
    if (isOn(level)) {
      target.atLevel(translate(level)).log(message);
    }
  }

  /** Logs as an error. */
  public void severe(@Nullable String message) {
    log(Level.SEVERE, message);
  }

  /** Logs as a warning. */
  public void warning(@Nullable String message) {
    log(Level.WARNING, message);
  }

  /** Logs as information. */
  public void info(@Nullable String message) {
    log(Level.INFO, message);
  }

  /** Logs as a detail of the configuration. */
  public void config(@Nullable String message) {
    log(Level.CONFIG, message);
  }

  /** Logs for debugging. */
  public void fine(@Nullable String message) {
    log(Level.FINE, message);
  }

  /** Logs for tracing. */
  public void finer(@Nullable String message) {
    log(Level.FINER, message);
  }

  /** Logs for tracing. */
  public void finest(@Nullable String message) {
    log(Level.FINEST, message);
  }

  private static boolean isOn(Level level) {
    return level.intValue() != Level.OFF.intValue();
  }

  private static org.slf4j.event.Level translate(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return org.slf4j.event.Level.ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return org.slf4j.event.Level.WARN;
    }
    if (value >= Level.CONFIG.intValue()) {
      return org.slf4j.event.Level.INFO;
    }
    return value >= Level.FINE.intValue()
        ? org.slf4j.event.Level.DEBUG
        : org.slf4j.event.Level.TRACE;
  }

  private static @Nullable String format(
      @Nullable String message, @Nullable Object @Nullable [] parameters) {
    if (message == null || parameters == null || parameters.length == 0 || !message.contains("{")) {
      return message;
    }
    try {
      return MessageFormat.format(message, parameters);
    } catch (IllegalArgumentException malformed) {
      return message;
    }
  }
}
