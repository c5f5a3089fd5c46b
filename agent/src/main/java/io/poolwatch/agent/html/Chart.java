package io.poolwatch.agent.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;

/** Values over time as an SVG: lines, or layers one upon the other. Not thread-safe. */
public final class Chart {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 140;
  private static final double LEFT = 42;
  private static final double RIGHT = 8;
  private static final double TOP = 8;
  private static final double BOTTOM = 20;
  private static final int TIMES = 3;

  private final String description;
  private final boolean stacked;
  private final List<Trace> traces = new ArrayList<>();
  private final DoubleFunction<String> unit;
  private final IntFunction<String> times;
  private double limit = Double.NaN;
  private boolean logarithmic;

  /**
   * A chart without traces.
   *
   * @param description in words, for who does not see it
   * @param stacked whether the traces lie upon each other
   * @param unit a value as it stands at the axis
   * @param times when a slot begins, as it stands at the axis
   */
  public Chart(
      String description, boolean stacked, DoubleFunction<String> unit, IntFunction<String> times) {
    this.description = description;
    this.stacked = stacked;
    this.unit = unit;
    this.times = times;
  }

  /** Adds a trace; the first one lies lowest. All must have as many values. */
  public Chart add(Trace trace) {
    traces.add(trace);
    return this;
  }

  /** Draws a line at what is not to be exceeded, if it is near enough to what there is. */
  public Chart limit(double value) {
    limit = value;
    return this;
  }

  /** Each decade of values has as much room. */
  public Chart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** Writes the SVG, and a legend if there is something to tell apart. */
  public void write(Html out) {
    Scale scale = scale();
    int size = traces.get(0).size();
    out.raw("<svg viewBox=\"0 0 360 140\" role=\"img\" aria-label=\"")
        .raw(Html.attribute(description))
        .raw("\">");
    for (double tick : scale.ticks()) {
      String y = round(scale.y(tick));
      out.raw("<path class=\"grid\" d=\"M42 " + y + "H352\"/><text class=\"e\" x=\"38\" y=\"")
          .raw(round(scale.y(tick) + 3.5))
          .raw("\">")
          .text(unit.apply(tick))
          .raw("</text>");
    }
    writeTimes(out, size);
    if (stacked) {
      writeLayers(out, scale, size);
    } else {
      for (Trace trace : traces) {
        out.raw("<path class=\"line " + trace.colour() + "\" d=\"")
            .raw(lineOf(trace, scale))
            .raw("\"/>");
      }
    }
    if (isShown(limit, scale)) {
      out.raw("<path class=\"limit\" d=\"M42 " + round(scale.y(limit)) + "H352\"/>");
    }
    out.raw("</svg>");
    writeLegend(out, isShown(limit, scale));
  }

  private boolean isShown(double value, Scale scale) {
    return !Double.isNaN(value) && value <= scale.top();
  }

  private Scale scale() {
    double highest = 0;
    if (stacked) {
      for (int i = 0; i < traces.get(0).size(); i++) {
        double sum = 0;
        for (Trace trace : traces) {
          sum += Double.isNaN(trace.value(i)) ? 0 : trace.value(i);
        }
        highest = Math.max(highest, sum);
      }
    } else {
      for (Trace trace : traces) {
        highest = Math.max(highest, trace.highest());
      }
    }
    // A limit far above would flatten everything below it.
    if (!Double.isNaN(limit) && limit <= highest * 3) {
      highest = Math.max(highest, limit);
    }
    return logarithmic
        ? Scale.decades(lowest(), highest, TOP, HEIGHT - BOTTOM)
        : Scale.linear(highest, TOP, HEIGHT - BOTTOM);
  }

  private double lowest() {
    double lowest = Double.POSITIVE_INFINITY;
    for (Trace trace : traces) {
      for (int i = 0; i < trace.size(); i++) {
        if (trace.value(i) > 0) {
          lowest = Math.min(lowest, trace.value(i));
        }
      }
    }
    return lowest;
  }

  private void writeTimes(Html out, int size) {
    int shown = Math.min(TIMES, size);
    for (int t = 0; t < shown; t++) {
      int i = shown == 1 ? 0 : t * (size - 1) / (shown - 1);
      String anchor = t == 0 ? "b" : t == shown - 1 ? "e" : "m";
      out.raw("<text class=\"" + anchor + "\" x=\"" + round(x(i, size)) + "\" y=\"134\">")
          .text(times.apply(i))
          .raw("</text>");
    }
  }

  private void writeLayers(Html out, Scale scale, int size) {
    double[] below = new double[size];
    for (Trace trace : traces) {
      double[] top = below.clone();
      for (int i = 0; i < size; i++) {
        top[i] += Double.isNaN(trace.value(i)) ? 0 : trace.value(i);
      }
      StringBuilder path = new StringBuilder();
      for (int from = 0; from < size; from++) {
        int to = from;
        while (to < size && !Double.isNaN(trace.value(to))) {
          to++;
        }
        if (to > from) {
          layer(path, scale, below, top, from, to);
          from = to;
        }
      }
      out.raw("<path class=\"area " + trace.colour() + "\" d=\"").raw(path.toString()).raw("\"/>");
      below = top;
    }
  }

  private static void layer(
      StringBuilder path, Scale scale, double[] below, double[] top, int from, int to) {
    int size = top.length;
    Points points = new Points(path);
    for (int i = from; i < to; i++) {
      points.add(x(i, size), scale.y(top[i]));
    }
    if (to - from == 1) { // one slot alone has a width, too
      points.add(Math.min(WIDTH - RIGHT, x(from, size) + 3), scale.y(top[from]));
      points.add(Math.min(WIDTH - RIGHT, x(from, size) + 3), scale.y(below[from]));
    }
    for (int i = to - 1; i >= from; i--) {
      points.add(x(i, size), scale.y(below[i]));
    }
    points.close();
    path.append('Z');
  }

  private static String lineOf(Trace trace, Scale scale) {
    StringBuilder path = new StringBuilder();
    int size = trace.size();
    for (int from = 0; from < size; from++) {
      Points points = new Points(path);
      int to = from;
      while (to < size && !Double.isNaN(trace.value(to))) {
        points.add(x(to, size), scale.y(trace.value(to)));
        to++;
      }
      if (to - from == 1) {
        points.add(Math.min(WIDTH - RIGHT, x(from, size) + 3), scale.y(trace.value(from)));
      }
      points.close();
      from = to;
    }
    return path.toString();
  }

  private void writeLegend(Html out, boolean withLimit) {
    out.raw("<p class=\"legend\">");
    for (Trace trace : traces) {
      out.raw("<span><i class=\"" + trace.colour() + "\"></i>").text(trace.label()).raw("</span>");
    }
    if (withLimit) {
      out.raw("<span><i class=\"dashed\"></i>limit</span>");
    }
    out.raw("</p>");
  }

  private static double x(int i, int size) {
    return size == 1 ? LEFT : LEFT + (WIDTH - LEFT - RIGHT) * i / (size - 1);
  }

  static String round(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** A path of points, of which those amid a flat stretch are left out. */
  private static final class Points {
    private static final double FLAT = 0.05;

    private final StringBuilder path;
    private double beforeY;
    private double lastX = Double.NaN;
    private double lastY;

    Points(StringBuilder path) {
      this.path = path;
    }

    void add(double x, double y) {
      if (Double.isNaN(lastX)) {
        path.append('M').append(round(x)).append(' ').append(round(y));
        beforeY = y;
      } else if (!isBetween(x, y)) {
        write();
      }
      lastX = x;
      lastY = y;
    }

    /** Flat stretches alone: there an error cannot add up. */
    private boolean isBetween(double x, double y) {
      return Math.abs(lastY - beforeY) < FLAT && Math.abs(y - beforeY) < FLAT && x != lastX;
    }

    private void write() {
      path.append('L').append(round(lastX)).append(' ').append(round(lastY));
      beforeY = lastY;
    }

    void close() {
      if (!Double.isNaN(lastX)) {
        write();
      }
    }
  }
}
