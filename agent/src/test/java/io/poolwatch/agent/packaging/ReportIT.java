package io.poolwatch.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.poolwatch.agent.packaging.Jvm.Result;
import io.poolwatch.agent.service.ShopService;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The report that a service leaves behind. */
class ReportIT {
  private static final List<Class<?>> POOL2 = List.of(ObjectPool.class);

  @TempDir Path folder;

  private Result shop(String report, String millis) throws IOException, InterruptedException {
    return Jvm.own()
        .agent("findings.after=0s,worth.after=1s,report=" + report)
        .variable("OTEL_SERVICE_NAME", "<shop>")
        .run(ShopService.class, POOL2, millis);
  }

  @Test
  void reportSaysWhatIsWrongAndBrowserShowsItWithoutErrorOrRequest() throws Exception {
    Result watched = shop(folder + "/%p-%%.html,report.format=both", "4500");
    assertThat(watched.exit).isZero();
    assertThat(watched.out).isEqualToIgnoringNewLines("service: true");
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().collect(Collectors.toList());
    }
    assertThat(files).hasSize(2);
    Path page = files.get(0);
    assertThat(page.getFileName().toString()).matches("\\d+-%\\.html");
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(watched.err).contains(file.toString());
    }
    isRight(Files.readString(page));
    isAsTheSchemaSays(Files.readString(files.get(1)));
    String program = Browser.find();
    assumeTrue(program != null, "there is no Chromium on this machine: the page was not opened");
    isShown(program, page);
  }

  private static void isRight(String page) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page.substring(page.indexOf('\n') + 1))));
    assertThat(page)
        .contains("<bdi>&lt;shop&gt;</bdi>")
        .contains("double return", "io.poolwatch.agent.service.ShopService.sendTwice")
        .contains("of the borrows found nothing")
        .contains("Misses by cause", "Objects made and removed", "How long loans last")
        .contains("What was watched, and what could not be", "guarded: ");
    int wrong = page.indexOf("double return");
    assertThat(wrong).isLessThan(page.indexOf("of the borrows found nothing"));
  }

  private static void isAsTheSchemaSays(String figures) throws IOException {
    String schema = Files.readString(Path.of("..", "docs", "report.schema.json"));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(figures, InputFormat.JSON))
        .isEmpty();
    JsonObject worst =
        JsonParser.parseString(figures)
            .getAsJsonObject()
            .getAsJsonArray("problems")
            .get(0)
            .getAsJsonObject();
    assertThat(worst.get("kind").getAsString()).isEqualTo("double_return");
    assertThat(worst.get("pool").getAsString()).contains("Letters");
  }

  private void isShown(String program, Path page) throws Exception {
    Path picture = folder.resolve("page.png");
    try (Browser browser = new Browser(program, folder)) {
      assertThat(browser.open(page, picture, 390, 2_000)).isEmpty();
      assertThat(browser.requests()).isEmpty();
      BufferedImage seen = ImageIO.read(picture.toFile());
      assertThat(seen.getWidth()).isEqualTo(390);
      assertThat(coloursOf(seen)).hasSizeGreaterThan(20);
      // Else nothing was said: a page that does both is found out.
      Path bad = folder.resolve("bad.html");
      Files.writeString(
          bad, "<script>console.error('planted')</script><img src='http://planted.invalid/x'>");
      assertThat(browser.open(bad, picture, 390, 400)).hasSize(1);
      assertThat(browser.requests()).anyMatch(request -> request.contains("planted.invalid"));
    }
  }

  private static Set<Integer> coloursOf(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }

  @Test
  void placeThatCannotBeWrittenIsOneLineAndTheServiceIsUnharmed() throws Exception {
    Result watched = shop(folder.resolve("none/report.html").toString(), "0");
    assertThat(watched.exit).isZero();
    assertThat(watched.out).isEqualToIgnoringNewLines("service: true");
    assertThat(watched.errLines().stream().filter(line -> line.contains("report could not")))
        .hasSize(1)
        .allMatch(line -> line.startsWith("[poolwatch] WARN the report could not be written to "));
    assertThat(folder).isEmptyDirectory();
  }
}
