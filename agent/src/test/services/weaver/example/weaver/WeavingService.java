package example.weaver;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;

/** A service that weaves itself with a Byte Buddy of another version than the agent's. */
public final class WeavingService {
  static class Greeter {
    String greet() {
      return "unwoven";
    }
  }

  private WeavingService() {}

  public static void main(String[] arguments) throws Exception {
    ByteBuddyAgent.install();
    new AgentBuilder.Default()
        .type(ElementMatchers.nameEndsWith("WeavingService$Greeter"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder
                    .method(ElementMatchers.named("greet"))
                    .intercept(FixedValue.value("woven")))
        .installOnByteBuddyAgent();
    System.out.println(new Greeter().greet());
    Class<?> made =
        new ByteBuddy()
            .subclass(Object.class)
            .method(ElementMatchers.isToString())
            .intercept(FixedValue.value("made"))
            .make()
            .load(WeavingService.class.getClassLoader())
            .getLoaded();
    System.out.println(made.getDeclaredConstructor().newInstance());
    System.out.println(ByteBuddy.class.getProtectionDomain().getCodeSource().getLocation());
    if (arguments.length > 0) {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }
}
