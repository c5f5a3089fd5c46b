package io.poolwatch.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveAnswersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final LiveName NAME = LiveName.own();

  @TempDir private Path above;
  private Path path;
  private LiveFolder folder;
  private LiveAnswers answers;
  private long now = 1;

  @BeforeEach
  void begin() throws IOException {
    path = above.resolve("live");
    folder = new LiveFolder(path);
    answers = new LiveAnswers(path.toString(), NAME, "1.2.3");
    answers.begin(now);
  }

  private boolean asked(long seconds) {
    now += seconds * SECOND;
    return answers.isAsked(now);
  }

  private void ask(long millis) throws IOException {
    Path file = folder.file(NAME, LiveFile.ASK);
    Files.write(file, new byte[1]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }

  private String[] files() {
    String[] names = path.toFile().list();
    return names == null ? new String[0] : names;
  }

  @Test
  void agentSaysThatItIsThereAndOfWhatVersion() throws IOException {
    assertThat(files()).containsExactly(NAME + ".agent");
    assertThat(new String(folder.read(NAME, LiveFile.AGENT), StandardCharsets.UTF_8))
        .contains("protocol=1", "version=1.2.3");
  }

  @Test
  void nothingIsWrittenWhileNobodyAsks() {
    for (int i = 0; i < 10; i++) {
      assertThat(asked(1)).isFalse();
    }
    assertThat(files()).containsExactly(NAME + ".agent");
  }

  @Test
  void askingHoldsForFiveSecondsAndThenTheStateIsTakenBack() throws IOException {
    ask(1_000);
    assertThat(asked(1)).isTrue();
    answers.answer(out -> out.write('x'));
    assertThat(files()).contains(NAME + ".json");
    assertThat(asked(4)).isTrue();
    assertThat(asked(2)).isFalse();
    assertThat(files()).containsExactly(NAME + ".agent");
    ask(1_000);
    assertThat(asked(1)).isTrue();
  }

  @Test
  void clockThatStepsBackDoesNotEndTheAnswers() throws IOException {
    ask(50_000);
    assertThat(asked(1)).isTrue();
    for (int i = 1; i < 10; i++) {
      ask(40_000 + i * 1_000L);
      assertThat(asked(3)).isTrue();
    }
  }

  @Test
  void questionThatWasLeftFromBeforeTheStartIsNone() throws IOException {
    ask(1_000);
    LiveAnswers later = new LiveAnswers(path.toString(), NAME, "1");
    later.begin(now);
    assertThat(later.isAsked(now + SECOND)).isFalse();
  }

  @Test
  void reportIsWantedOnceAndInTheFormatThatIsNamed() throws IOException {
    assertThat(answers.reportFormat()).isNull();
    folder.write(NAME, LiveFile.REPORT_ASK, out -> out.write("HTML\n".getBytes("UTF-8")));
    assertThat(answers.reportFormat()).isEqualTo("html");
    assertThat(answers.reportFormat()).isNull();
    answers.report(out -> out.write('r'));
    assertThat(folder.file(NAME, LiveFile.REPORT)).hasContent("r");
  }

  @Test
  void nothingIsLeftAtTheEnd() throws IOException {
    ask(1_000);
    assertThat(asked(1)).isTrue();
    answers.answer(out -> out.write('x'));
    answers.close();
    assertThat(files()).isEmpty();
    assertThat(asked(1)).isFalse();
  }

  @Test
  void whatEndedJvmsLeftIsClearedAwayAndWhatOthersHaveIsNot()
      throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    assertThat(ended.waitFor(10, TimeUnit.SECONDS)).isTrue();
    LiveName dead = new LiveName(ended.pid(), NAME.namespace());
    LiveName alive = new LiveName(1, NAME.namespace());
    LiveName inContainer = new LiveName(ended.pid(), NAME.namespace() + 1);
    LiveName longGone = new LiveName(ended.pid(), NAME.namespace() + 2);
    for (LiveName each : new LiveName[] {dead, alive, inContainer, longGone}) {
      folder.write(each, LiveFile.AGENT, out -> {});
      folder.write(each, LiveFile.STATE, out -> {});
    }
    Files.setLastModifiedTime(
        folder.file(longGone, LiveFile.AGENT),
        FileTime.fromMillis(System.currentTimeMillis() - 2 * 86_400_000L));
    new LiveAnswers(path.toString(), NAME, "1").begin(now);
    assertThat(folder.all(LiveFile.AGENT)).containsExactlyInAnyOrder(alive, NAME, inContainer);
    assertThat(files()).noneMatch(name -> name.startsWith(dead + "."));
  }

  @Test
  void folderThatMayNotBeTrustedIsLeftAlone() throws IOException {
    Path open = Files.createDirectory(above.resolve("open"));
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    LiveAnswers refused = new LiveAnswers(open.toString(), NAME, "1");
    refused.begin(now);
    assertThat(refused.isAsked(now)).isFalse();
    refused.close();
    assertThat(open).isEmptyDirectory();
  }
}
