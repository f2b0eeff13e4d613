package dev.muster.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one call of a workflow does. Trees of values are kept as the JSON text that they are. */
public sealed interface CallAction {

    <R, E extends Exception> R match(Cases<R, E> cases) throws E;

    /** One answer per kind of call. */
    interface Cases<R, E extends Exception> {
        R http(Http call) throws E;

        R jsonRpc(JsonRpc call) throws E;

        R json2(Json2 call) throws E;

        R xmlRpc(XmlRpc call) throws E;

        R sql(Sql call) throws E;

        R exec(Exec call) throws E;
    }

    /** A plain request. */
    record Http(String method, String path, Map<String, String> headers, Optional<String> body, Optional<String> json)
            implements CallAction {
        public Http {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        @Override
        public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
            return cases.http(this);
        }
    }

    /** A call by JSON-RPC 2.0, as browsers make it. */
    record JsonRpc(String path, String params) implements CallAction {
        @Override
        public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
            return cases.jsonRpc(this);
        }
    }

    /** A call of a model's method by JSON-2, with named arguments and a key. */
    record Json2(String model, String method, String key, String arguments) implements CallAction {
        @Override
        public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
            return cases.json2(this);
        }
    }

    /** A call by XML-RPC, as partners make it. */
    record XmlRpc(String path, String method, String params) implements CallAction {
        @Override
        public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
            return cases.xmlRpc(this);
        }
    }

    /** A statement to the application's database. */
    record Sql(String statement) implements CallAction {
        @Override
        public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
            return cases.sql(this);
        }
    }

    /** A program that is run in the scratch. */
    record Exec(List<String> command) implements CallAction {
        public Exec {
            command = List.copyOf(command);
        }

        @Override
        public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
            return cases.exec(this);
        }
    }
}
