package io.poolwatch.agent.export;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The standard OpenTelemetry settings of this process: system properties {@code otel.*}, and below
 * them the environment variables {@code OTEL_*}. Empty is as good as unset, as the standard says.
 */
public final class OtelVariables {
  private final Lookup properties;
  private final Lookup environment;

  /** Reads one namespace of settings. */
  interface Lookup {
    @Nullable String get(String name);
  }

  OtelVariables(Lookup properties, Lookup environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /** Those of this process. */
  public static OtelVariables ofProcess() {
    return new OtelVariables(System::getProperty, System::getenv);
  }

  /**
   * Looks a setting up.
   *
   * @param property its name as a property, such as {@code otel.metrics.exporter}
   */
  @Nullable Found find(String property) {
    String value = properties.get(property);
    if (value != null && !value.trim().isEmpty()) {
      return new Found("-D" + property, value.trim());
    }

    String name = property.toUpperCase(Locale.ROOT).replace('.', '_');
    value = environment.get(name);
    return value == null || value.trim().isEmpty() ? null : new Found(name, value.trim());
  }

  /** The name that the service's telemetry bears; null if none is set. */
  public @Nullable String serviceName() {
    Found found = find("otel.service.name");
    return found == null ? null : found.value();
  }

  /** The stronger of two settings: the one for metrics, else the one for all signals. */
  @Nullable Found findEither(String specific, String general) {
    Found found = find(specific);
    return found != null ? found : find(general);
  }

  /** A setting, and the name under which the user set it. */
  static final class Found {
    private final String source;
    private final String value;

    Found(String source, String value) {
      this.source = source;
      this.value = value;
    }

    /** The property, with {@code -D}, or the variable. */
    String source() {
      return source;
    }

    String value() {
      return value;
    }
  }
}
