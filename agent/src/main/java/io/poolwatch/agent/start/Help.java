package io.poolwatch.agent.start;

import io.poolwatch.agent.config.HelpText;
import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Prints the help that was asked for; watches nothing. */
public final class Help implements BiConsumer<@Nullable String, @Nullable Instrumentation> {
  /** Made by name. */
  public Help() {}

  @Override
  @SuppressWarnings("SystemOut") // It is what the user asked to see.
  public void accept(@Nullable String arguments, @Nullable Instrumentation instrumentation) {
    System.out.print(HelpText.render());
    System.out.flush();
  }
}
