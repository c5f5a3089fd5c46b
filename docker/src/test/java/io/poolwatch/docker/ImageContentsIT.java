package io.poolwatch.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the image is made of, after the build that its Dockerfile asks for. */
class ImageContentsIT {
  private static final String EXAMPLES = "examples/target/poolwatch-examples.jar";

  @ParameterizedTest
  @ValueSource(strings = {"docker/Dockerfile", "docker/agent.Dockerfile"})
  void everythingThatIsCopiedWasBuiltAndIsNotIgnored(String dockerfile) throws Exception {
    List<String> sources =
        Files.readAllLines(RepositoryFiles.file(dockerfile)).stream()
            .filter(line -> line.startsWith("COPY "))
            .map(line -> line.split(" ")[1].replaceFirst("/$", ""))
            .collect(Collectors.toList());
    assertThat(sources).isNotEmpty();
    List<String> ignore = Files.readAllLines(RepositoryFiles.file(dockerfile + ".dockerignore"));
    for (String source : sources) {
      Path file = RepositoryFiles.file(source);
      assertThat(file).exists();
      assertThat(ignore).contains("!" + source);
    }
  }

  @Test
  void theClassesThatComposeStartsAreInTheJar() throws Exception {
    List<String> mains = new ArrayList<>();
    RepositoryFiles.yaml("docker/compose.yaml")
        .path("services")
        .forEach(
            service -> {
              String first = service.path("command").path(0).asText();
              if (first.startsWith("io.poolwatch.")) {
                mains.add(first);
              }
            });
    assertThat(mains).hasSize(2);
    try (JarFile jar = new JarFile(RepositoryFiles.file(EXAMPLES).toFile())) {
      for (String main : mains) {
        assertThat(jar.getEntry(main.replace('.', '/') + ".class")).as(main).isNotNull();
      }
    }
  }
}
