package io.poolwatch.agent.start;

import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code premain} calls in the agent's loader. Does the least before the service's main
 * method: reads the configuration and registers the transformer.
 */
public final class AgentStart implements BiConsumer<@Nullable String, @Nullable Instrumentation> {
  /** Made by name. */
  public AgentStart() {}

  @Override
  public void accept(@Nullable String arguments, @Nullable Instrumentation instrumentation) {
    if (arguments != null && arguments.trim().equals("help")) {
      new Help().accept(arguments, instrumentation);
    } else if (instrumentation != null) {
      Agent.start(arguments, instrumentation, false);
    }
  }
}
