package example.overlaps;

import java.util.concurrent.atomic.AtomicInteger;

/** A pooled object that knows how many calls of its factory are at work on it. */
public class Part {
  final AtomicInteger atWork = new AtomicInteger();
  private int uses;

  public void use() {
    uses++;
  }
}
