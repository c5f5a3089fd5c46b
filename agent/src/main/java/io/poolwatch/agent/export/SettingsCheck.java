package io.poolwatch.agent.export;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the settings that users get wrong before the SDK sees them, because the SDK's own messages
 * do not name the variable. What is not checked here the SDK checks itself.
 */
final class SettingsCheck {
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+\\s*=.*");
  private static final Pattern DURATION = Pattern.compile("\\d+\\s*(ms|s|m|h|d)?");
  private static final List<String> PROTOCOLS = Arrays.asList("grpc", "http/protobuf");
  private static final List<String> COMPRESSIONS = Arrays.asList("none", "gzip");
  private static final List<String> TEMPORALITIES =
      Arrays.asList("cumulative", "delta", "lowmemory");

  private final OtelVariables variables;

  private SettingsCheck(OtelVariables variables) {
    this.variables = variables;
  }

  /**
   * Checks all settings that the plan will use.
   *
   * @throws BadSetting at the first one that cannot be followed
   */
  static void run(OtelVariables variables, ExportPlan plan) throws BadSetting {
    SettingsCheck check = new SettingsCheck(variables);
    OtelVariables.Found file = variables.find("otel.config.file");
    if (file != null) {
      throw new BadSetting(
          file,
          "configures the SDK by a file, which poolwatch cannot read",
          "set it for your own SDK only, or export by OTEL_EXPORTER_OTLP_ENDPOINT without it");
    }
    check.duration(variables.find("otel.metric.export.interval"));
    if (plan.has(ExportPlan.OTLP)) {
      check.oneOf(check.otlp("protocol"), PROTOCOLS);
      check.endpoint(check.otlp("endpoint"));
      check.headers(check.otlp("headers"));
      check.duration(check.otlp("timeout"));
      check.oneOf(check.otlp("compression"), COMPRESSIONS);
      check.oneOf(
          variables.find("otel.exporter.otlp.metrics.temporality.preference"), TEMPORALITIES);
      OtelVariables.Found key = check.otlp("client.key");
      OtelVariables.Found certificate = check.otlp("client.certificate");
      check.certificates(check.otlp("certificate"));
      check.file(key);
      check.certificates(certificate);
      check.pair(key, certificate, "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE");
      check.pair(certificate, key, "OTEL_EXPORTER_OTLP_CLIENT_KEY");
    }
    if (plan.has(ExportPlan.PROMETHEUS)) {
      check.port(variables.find("otel.exporter.prometheus.port"));
    }
  }

  private OtelVariables.@Nullable Found otlp(String name) {
    return variables.findEither("otel.exporter.otlp.metrics." + name, "otel.exporter.otlp." + name);
  }

  private void oneOf(OtelVariables.@Nullable Found setting, List<String> known) throws BadSetting {
    if (setting != null && !known.contains(setting.value().toLowerCase(Locale.ROOT))) {
      throw new BadSetting(setting, "is not supported", "use " + String.join(" or ", known));
    }
  }

  private void endpoint(OtelVariables.@Nullable Found setting) throws BadSetting {
    if (setting == null) {
      return;
    }
    boolean good;
    try {
      URI uri = new URI(setting.value());
      String scheme = uri.getScheme();
      good =
          uri.getHost() != null
              && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
    } catch (URISyntaxException e) {
      good = false;
    }
    if (!good) {
      throw new BadSetting(
          setting, "is no http or https address", "use one like http://localhost:4318");
    }
  }

  /** Headers may be secrets: the line names the variable and not its value. */
  private void headers(OtelVariables.@Nullable Found setting) throws BadSetting {
    if (setting == null) {
      return;
    }
    for (String header : setting.value().split(",", -1)) {
      if (!header.trim().isEmpty() && !HEADER.matcher(header.trim()).matches()) {
        throw new BadSetting(
            setting.source() + " is malformed: use name=value, several separated by commas");
      }
    }
  }

  private void duration(OtelVariables.@Nullable Found setting) throws BadSetting {
    if (setting != null && !DURATION.matcher(setting.value()).matches()) {
      throw new BadSetting(setting, "is no time", "use milliseconds, such as 10000");
    }
  }

  private void file(OtelVariables.@Nullable Found setting) throws BadSetting {
    if (setting == null) {
      return;
    }
    Path path = Paths.get(setting.value());
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new BadSetting(setting, "cannot be read", "name a readable PEM file");
    }
  }

  private void certificates(OtelVariables.@Nullable Found setting) throws BadSetting {
    file(setting);
    if (setting == null) {
      return;
    }
    boolean good;
    try (InputStream pem = Files.newInputStream(Paths.get(setting.value()))) {
      good = !CertificateFactory.getInstance("X.509").generateCertificates(pem).isEmpty();
    } catch (IOException | CertificateException e) {
      good = false;
    }
    if (!good) {
      throw new BadSetting(setting, "holds no certificate", "name a PEM file with one or more");
    }
  }

  private void pair(
      OtelVariables.@Nullable Found one, OtelVariables.@Nullable Found other, String missing)
      throws BadSetting {
    if (one != null && other == null) {
      throw new BadSetting(one, "needs its counterpart", "set " + missing + " too");
    }
  }

  private void port(OtelVariables.@Nullable Found setting) throws BadSetting {
    if (setting == null) {
      return;
    }
    int port;
    try {
      port = Integer.parseInt(setting.value());
    } catch (NumberFormatException e) {
      port = -1;
    }
    if (port < 0 || port > 65_535) {
      throw new BadSetting(setting, "is no port", "use one from 1 to 65535");
    }
  }
}
