package io.poolwatch.pool;

/** A place and a shelf, shared by the virtual threads whose ids fall on them. */
final class Stripe {

  final Shelf shelf;

  /** Replaced when its holder does not come back. */
  volatile Place place;

  Stripe(Shelf shelf, Place place) {
    this.shelf = shelf;
    this.place = place;
  }
}
