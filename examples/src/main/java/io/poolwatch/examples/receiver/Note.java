package io.poolwatch.examples.receiver;

/** A remark, and what had been received when it came. Immutable. */
final class Note {
  final String text;
  final Received received;

  Note(String text, Received received) {
    this.text = text;
    this.received = received;
  }
}
