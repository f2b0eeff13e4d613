package dev.muster.check.workflow;

import dev.muster.check.Limit;
import dev.muster.check.ServerError;
import dev.muster.check.application.Started;
import dev.muster.drill.CallAction;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Workflow;
import dev.muster.drill.WorkflowCall;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * One call of a workflow: made as often as it says, compared with what is expected, and its values kept.
 *
 * @param number the call's place in the workflow, counted from one
 */
record CallRun(
        Started application, Requests requests, Memory memory, Workflow workflow, int number, WorkflowCall call) {

    Outcome outcome(Map<String, String> observations) throws InterruptedException {
        List<Duration> times = new ArrayList<>();
        try {
            for (int time = 0; time < call.repeat(); time++) {
                long before = System.nanoTime();
                Reply reply = reply();
                times.add(Duration.ofNanos(System.nanoTime() - before));
                new Expected(call.expect(), memory).compare(reply);
                capture(reply);
            }
            latency(times, observations);
            return Outcome.PASSED;
        } catch (Refused refused) {
            return failed(String.valueOf(refused.getMessage()), observations);
        } catch (Unanswered unanswered) {
            return Outcome.couldNotRun(new Problem(
                    what() + " has no answer: " + shown(String.valueOf(unanswered.getMessage())),
                    call.place(),
                    "If the table or column is another one in this version, describe a workflow of your own; if the"
                            + " data just needs longer, give the call more with \"within: 2m\"."));
        } catch (CouldNotRun unable) {
            return Outcome.couldNotRun(unable.problem());
        }
    }

    private Reply reply() throws Refused, Unanswered, InterruptedException {
        OpenConnection open = new OpenConnection();
        CallMaker maker = new CallMaker(application, requests, memory, call, open);
        try {
            return new Limit(call.within()).ask(() -> call.action().match(maker), open::end);
        } catch (TimeoutException late) {
            String how = "no answer within " + call.within().toMillis() / 1000.0 + " s";
            if (isSql()) {
                throw new Unanswered(how);
            }
            throw new Refused(how, late);
        } catch (ExecutionException broken) {
            throw rethrown(broken);
        }
    }

    private static RuntimeException rethrown(ExecutionException broken)
            throws Refused, Unanswered, InterruptedException {
        Throwable cause = broken.getCause();
        if (cause instanceof Refused refused) {
            throw refused;
        }
        if (cause instanceof SQLException error) {
            throw new Unanswered(ServerError.of(error).toString());
        }
        if (cause instanceof InterruptedException stopped) {
            throw stopped;
        }
        return cause instanceof RuntimeException other ? other : new IllegalStateException(broken);
    }

    private void capture(Reply reply) throws Refused, Unanswered {
        for (Map.Entry<String, String> wanted : call.capture().entrySet()) {
            JsonNode value = JsonPath.at(reply.value(), wanted.getValue());
            if (Expected.empty(value)) {
                String how = "there is nothing at " + wanted.getValue() + " to keep as {" + wanted.getKey() + "}";
                if (isSql()) {
                    throw new Unanswered("it gave no such row; " + how);
                }
                throw new Refused(how);
            }
            memory.keep(wanted.getKey(), value);
        }
    }

    private void latency(List<Duration> times, Map<String, String> observations) throws Refused {
        Collections.sort(times);
        Duration p95 = times.get((int) Math.ceil(times.size() * 0.95) - 1);
        observations.put(
                "call " + number + ", " + kind(),
                times.size() == 1
                        ? p95.toMillis() + " ms"
                        : times.size() + " times, 95 in 100 within " + p95.toMillis() + " ms");
        if (call.latency().filter(longest -> p95.compareTo(longest) > 0).isPresent()) {
            throw new Refused("expected 95 in 100 within "
                    + call.latency().get().toMillis() + " ms, got " + p95.toMillis() + " ms");
        }
    }

    private Outcome failed(String how, Map<String, String> observations) {
        List<String> lines = application.running().lastLines();
        observations.putAll(application.lastWords().observations(lines));
        return Outcome.failed(new Problem(
                what() + " failed: " + shown(how) + ". " + workflow.means(),
                call.place(),
                "Read the application's log lines of this check, and do the same by hand with --keep 4h. If production"
                        + " does it, the backup is at fault: choose an older one with --backup database=KEY."));
    }

    private String what() {
        return "Call " + number + " (" + kind() + ") of the workflow " + workflow.name();
    }

    private String shown(String text) {
        return application.lastWords().shown(text);
    }

    private boolean isSql() {
        return call.action() instanceof CallAction.Sql;
    }

    private String kind() {
        return call.action().match(new Kind());
    }

    /** The words for each kind of call. */
    private static final class Kind implements CallAction.Cases<String, RuntimeException> {
        @Override
        public String http(CallAction.Http call) {
            return "http " + call.method() + " " + call.path();
        }

        @Override
        public String jsonRpc(CallAction.JsonRpc call) {
            return "jsonrpc " + call.path();
        }

        @Override
        public String json2(CallAction.Json2 call) {
            return "json2 " + call.model() + "." + call.method();
        }

        @Override
        public String xmlRpc(CallAction.XmlRpc call) {
            return "xmlrpc " + call.method();
        }

        @Override
        public String sql(CallAction.Sql call) {
            return "sql";
        }

        @Override
        public String exec(CallAction.Exec call) {
            return "exec " + call.command().get(0);
        }
    }
}
