package io.poolwatch.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files of the repository, wherever the build was started. */
public final class RepositoryFiles {
  private static final Path ROOT =
      Path.of(System.getProperty("poolwatch.root", "..")).toAbsolutePath().normalize();

  private RepositoryFiles() {}

  /** The file of that path from the repository's root. */
  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  /** A YAML file with its anchors and merges resolved. */
  public static JsonNode yaml(String path) {
    try (Reader reader = Files.newBufferedReader(file(path))) {
      Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      return new ObjectMapper().valueToTree(content);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + file(path), e);
    }
  }

  /** A JSON file. */
  public static JsonNode json(String path) {
    try {
      return new ObjectMapper().readTree(file(path).toFile());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + file(path), e);
    }
  }
}
