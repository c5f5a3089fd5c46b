package io.poolwatch.examples.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How often each action happens, relative to the others. Immutable. */
final class Mix {
  private final List<Action> actions;

  private Mix(List<Action> actions) {
    this.actions = actions;
  }

  /**
   * Reads {@code browse=4,order=2,…}; actions not named do not happen.
   *
   * @throws IllegalArgumentException naming the part that cannot be read
   */
  static Mix parse(String text) {
    List<Action> actions = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        int equals = part.indexOf('=');
        Action action =
            Action.valueOf(part.substring(0, Math.max(equals, 0)).toUpperCase(Locale.ROOT));
        int weight = Integer.parseInt(part.substring(equals + 1));
        if (weight < 0 || weight > 1_000) {
          throw new IllegalArgumentException("weight");
        }
        for (int i = 0; i < weight; i++) {
          actions.add(action);
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Not a part of a mix: \"" + part + "\"; say browse|order|lookup|quote=WEIGHT", e);
      }
    }
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("The mix has no weight above 0: " + text);
    }
    return new Mix(actions);
  }

  Action next(Random random) {
    return actions.get(random.nextInt(actions.size()));
  }
}
