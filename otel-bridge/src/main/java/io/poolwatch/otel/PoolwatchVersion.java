package io.poolwatch.otel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of poolwatch, as the build wrote it down. */
public final class PoolwatchVersion {
  private static final String RESOURCE = "poolwatch.properties";

  private PoolwatchVersion() {}

  /** The version, such as {@code 1.2.3}. */
  public static String get() {
    try (InputStream in = PoolwatchVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + RESOURCE);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
