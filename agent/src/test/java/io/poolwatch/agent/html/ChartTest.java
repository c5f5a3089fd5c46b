package io.poolwatch.agent.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final double NOT_KNOWN = Double.NaN;

  private static String drawn(boolean stacked, double[]... values) {
    Chart chart = new Chart("what is \"seen\"", stacked, Double::toString, i -> "t" + i);
    for (int i = 0; i < values.length; i++) {
      chart.add(new Trace("trace " + i, "c" + i, values[i]));
    }
    Html out = new Html();
    chart.write(out);
    return out.toString();
  }

  private static List<String> paths(String svg, String kind) {
    Matcher matcher = Pattern.compile("class=\"" + kind + " c\\d+\" d=\"([^\"]*)\"").matcher(svg);
    List<String> paths = new ArrayList<>();
    while (matcher.find()) {
      paths.add(matcher.group(1));
    }
    return paths;
  }

  @Test
  void axisIsRoundAndReachesWhatItMust() {
    for (double highest : new double[] {0.003, 0.7, 1, 3.9, 9.99, 10, 99, 101, 4_321, 7.7e9}) {
      Axis axis = new Axis(highest);
      assertThat(axis.top()).isGreaterThanOrEqualTo(highest * (1 - 1e-9));
      assertThat(axis.top()).isLessThanOrEqualTo(highest * 2 + 1e-9);
      assertThat(axis.ticks()).hasSizeBetween(2, 6).startsWith(0.0);
      assertThat(axis.ticks().get(axis.ticks().size() - 1))
          .isCloseTo(axis.top(), within(1e-6 * axis.top()));
    }
    assertThat(new Axis(0).top()).isEqualTo(1);
  }

  @Test
  void lineBreaksWhereNothingIsKnown() {
    List<String> lines = paths(drawn(false, new double[] {1, 2, NOT_KNOWN, 2, 1}), "line");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).chars().filter(c -> c == 'M').count()).isEqualTo(2);
  }

  @Test
  void flatStretchesAreTwoPointsAndAllOthersStay() {
    double[] flat = new double[100];
    flat[50] = 4;
    String line = paths(drawn(false, flat), "line").get(0);
    assertThat(line.chars().filter(c -> c == 'M' || c == 'L').count()).isEqualTo(5);
  }

  @Test
  void layersLieUponEachOther() {
    // 3 upon 1 of 4: the top of the second layer is the top of the axis, its bottom the first's
    // top.
    List<String> areas = paths(drawn(true, new double[] {1, 1}, new double[] {3, 3}), "area");
    assertThat(areas).containsExactly("M42 92L352 92L352 120L42 120Z", "M42 8L352 8L352 92L42 92Z");
  }

  @Test
  void oneValueAloneIsSeen() {
    assertThat(paths(drawn(false, new double[] {5}), "line").get(0)).contains("L");
    assertThat(paths(drawn(true, new double[] {5}), "area").get(0)).contains("L");
  }

  @Test
  void nothingKnownIsNoError() {
    assertThat(paths(drawn(false, new double[] {NOT_KNOWN, NOT_KNOWN}), "line"))
        .containsExactly("");
    assertThat(drawn(true, new double[] {0, 0})).contains("<svg");
  }

  @Test
  void whoDoesNotSeeItIsToldWhatItIs() {
    assertThat(drawn(false, new double[] {1}))
        .contains("role=\"img\" aria-label=\"what is &quot;seen&quot;\"");
  }

  @Test
  void decadesHaveEqualRoomAndPlaceForAllThereIs() {
    Scale scale = Scale.decades(2e3, 5e6, 0, 100);
    assertThat(scale.top()).isEqualTo(1e7);
    assertThat(scale.y(1e3)).isEqualTo(100);
    assertThat(scale.y(1e5)).isCloseTo(50, within(1e-9));
    assertThat(scale.y(0)).isEqualTo(100);
    assertThat(Scale.decades(Double.POSITIVE_INFINITY, 0, 0, 100).ticks()).isNotEmpty();
  }
}
