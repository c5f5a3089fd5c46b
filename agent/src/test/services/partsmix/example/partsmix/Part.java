package example.partsmix;

import java.util.concurrent.atomic.AtomicBoolean;

/** What is pooled. */
final class Part {
  final AtomicBoolean destroyed = new AtomicBoolean();
}
