package io.poolwatch.agent.config;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a {@code .properties} file in UTF-8. Loaded only if there is one to be read. */
final class ConfigFile {
  private static final long MOST_BYTES = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @param into takes keys and values, in the order of the keys
   * @return what is wrong with it, or null if it was read
   */
  static @Nullable String read(String path, Map<String, String> into) {
    Properties properties = new Properties();
    try {
      Path file = Path.of(path);
      if (!Files.exists(file)) {
        return "there is no such file";
      }
      if (!Files.isRegularFile(file)) {
        return "it is not a plain file";
      }
      if (Files.size(file) > MOST_BYTES) {
        return "it is larger than 1 MB";
      }
      try (Reader in =
          new InputStreamReader(
              Files.newInputStream(file),
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT))) {
        properties.load(in);
      }
    } catch (InvalidPathException invalid) {
      return "this is not a path here";
    } catch (NoSuchFileException gone) {
      return "there is no such file";
    } catch (CharacterCodingException malformed) {
      return "it is not text in UTF-8";
    } catch (IllegalArgumentException malformed) {
      return "it is malformed (" + malformed.getMessage() + ")";
    } catch (IOException unreadable) {
      return "it cannot be read (" + unreadable.getClass().getSimpleName() + ")";
    }
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      into.put(key, properties.getProperty(key));
    }
    return null;
  }
}
