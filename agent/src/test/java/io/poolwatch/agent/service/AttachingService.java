package io.poolwatch.agent.service;

import com.sun.tools.attach.VirtualMachine;

/** A service that has the agent attached to it while it runs. */
public final class AttachingService {
  private AttachingService() {}

  /** Runs it: the first argument is the agent's jar. */
  public static void main(String[] arguments) throws Exception {
    VirtualMachine self = VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
    self.loadAgent(arguments[0]);
    self.loadAgent(arguments[0]);
    self.detach();
    PoolService.main(new String[0]);
  }
}
