package dev.muster.scratch;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import java.util.List;
import java.util.Optional;

/** What a scratch's programs can reach. */
sealed interface Network extends AutoCloseable permits OwnNetwork, PodNetwork, Network.OfTheMachine {

    /** The network that the plan asks for, or else the one that this machine can give. */
    static Network of(ScratchPlan.Network wished, Account account) {
        if (wished == ScratchPlan.Network.OPEN) {
            return new OfTheMachine(new Problem(
                    "The scratch was opened with the machine's own network on purpose",
                    "network",
                    "Open it cut off, as every drill does."));
        }
        try {
            return OwnNetwork.open(account);
        } catch (NotPermitted refused) {
            return new OfTheMachine(refused.problem());
        }
    }

    /** The command that runs this one in the network, as the account. */
    List<String> enter(List<String> command);

    /** What it is, for the report. */
    String description();

    /** Why what runs in it could reach out; empty when it cannot. */
    Optional<Problem> exposed();

    /** Whether its loopback address is another than the one of this process. */
    boolean apart();

    /** The nearest place that is not in it; empty where that is the loopback address of this machine. */
    default Optional<Endpoint> nextDoor() {
        return Optional.empty();
    }

    @Override
    void close();

    /** This machine cannot give a scratch a network of its own. */
    final class NotPermitted extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        NotPermitted(Problem problem) {
            super(problem.toString());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** The network that the machine itself has. */
    record OfTheMachine(Problem why) implements Network {
        @Override
        public List<String> enter(List<String> command) {
            return command;
        }

        @Override
        public String description() {
            return "not cut off, because: " + why.what();
        }

        @Override
        public Optional<Problem> exposed() {
            return Optional.of(why);
        }

        @Override
        public boolean apart() {
            return false;
        }

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }
}
