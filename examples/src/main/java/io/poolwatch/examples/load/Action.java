package io.poolwatch.examples.load;

/** What a customer does in the storefront. */
enum Action {
  BROWSE,
  ORDER,
  LOOKUP,
  QUOTE
}
