package io.poolwatch.agent.start;

import io.poolwatch.agent.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What {@code agentmain} calls in the agent's loader: the same, and a word on what it lacks. */
public final class AttachStart implements BiConsumer<@Nullable String, @Nullable Instrumentation> {
  /** Made by name. */
  public AttachStart() {}

  @Override
  public void accept(@Nullable String arguments, @Nullable Instrumentation instrumentation) {
    if (instrumentation != null) {
      AgentLog.warn(
          "attached to a running service: pools are watched from now on, those that were there"
              + " already with fewer figures. To watch all of them from their first borrow, start"
              + " the service with -javaagent:poolwatch.jar");
      Agent.start(arguments, instrumentation, true);
    }
  }
}
