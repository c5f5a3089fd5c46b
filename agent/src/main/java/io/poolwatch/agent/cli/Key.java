package io.poolwatch.agent.cli;

/** What a key that was pressed means, where it is no letter. */
enum Key {
  UP,
  DOWN,
  PAGE_UP,
  PAGE_DOWN,
  ENTER,
  ESCAPE,
  LETTER,
  /** Of no meaning here. */
  OTHER
}
