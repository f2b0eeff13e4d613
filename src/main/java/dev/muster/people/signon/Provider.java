package dev.muster.people.signon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.muster.catalog.people.SignOns;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Talks with the provider: where people are sent, and what is behind what they come back with. */
final class Provider {
    /** None with a secret that both know, and never `none`. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int PATIENCE = 5_000;
    private static final int LARGEST = 200_000;
    private static final int SKEW = 60;

    private final SignOnSettings settings;
    private final OIDCProviderMetadata metadata;
    private final IDTokenValidator validator;

    private Provider(SignOnSettings settings, OIDCProviderMetadata metadata) throws MalformedURLException {
        this.settings = settings;
        this.metadata = metadata;
        // Keys are fetched again when a token names one that is not known yet.
        this.validator = new IDTokenValidator(
                metadata.getIssuer(),
                new ClientID(settings.client()),
                new JWSVerificationKeySelector<>(
                        ALGORITHMS,
                        JWKSourceBuilder.<SecurityContext>create(
                                        metadata.getJWKSetURI().toURL(),
                                        new DefaultResourceRetriever(PATIENCE, PATIENCE, LARGEST))
                                .retrying(true)
                                .build()),
                null);
        validator.setMaxClockSkew(SKEW);
    }

    /** Asks the provider what it offers. */
    static Provider found(SignOnSettings settings) throws IOException {
        try {
            return new Provider(
                    settings, OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), PATIENCE, PATIENCE));
        } catch (GeneralException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
    }

    URI authorization(String state, String nonce, String verifier, URI returnTo) {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope("openid", "profile", "email", settings.claim()),
                        new ClientID(settings.client()),
                        returnTo)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(new Nonce(nonce))
                .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Who came back, whom this process or another one had sent. */
    Identity identity(URI returned, SignOns.Row sent, URI returnTo) throws NotProven, IOException {
        try {
            AuthorizationCode code = code(returned);
            OIDCTokenResponse tokens = tokens(code, sent, returnTo);
            IDTokenClaimsSet proven = validator.validate(tokens.getOIDCTokens().getIDToken(), new Nonce(sent.nonce()));
            ClaimsSet told = proven.getClaim(settings.claim()) != null
                    ? proven
                    : userInfo(tokens.getOIDCTokens().getAccessToken(), proven);
            return new Identity(
                    proven.getSubject().getValue(),
                    first(proven, told, "preferred_username"),
                    first(proven, told, "name"),
                    groups(told));
        } catch (ParseException unreadable) {
            throw new NotProven("the provider's answer cannot be read", unreadable);
        } catch (BadJOSEException | JOSEException forged) {
            throw new NotProven("the ID token does not hold", forged);
        }
    }

    private AuthorizationCode code(URI returned) throws ParseException, NotProven {
        AuthenticationResponse response = AuthenticationResponseParser.parse(returned);
        Issuer issuer = response.getIssuer();
        if (issuer == null
                ? metadata.supportsAuthorizationResponseIssuerParam()
                : !issuer.equals(metadata.getIssuer())) {
            throw new NotProven("another provider has answered");
        }
        if (!response.indicatesSuccess()) {
            throw new NotProven("the provider says "
                    + Optional.ofNullable(
                                    response.toErrorResponse().getErrorObject().getCode())
                            .orElse("no"));
        }
        AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw new NotProven("the provider gave no code");
        }
        return code;
    }

    private OIDCTokenResponse tokens(AuthorizationCode code, SignOns.Row sent, URI returnTo)
            throws ParseException, IOException, NotProven {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, returnTo, new CodeVerifier(sent.verifier()));
        ClientID client = new ClientID(settings.client());
        URI endpoint = metadata.getTokenEndpointURI();
        TokenRequest request = settings.secret()
                .map(secret -> new TokenRequest.Builder(
                        endpoint, authentication(client, new Secret(secret.get().reveal())), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant))
                .build();
        TokenResponse response = OIDCTokenResponseParser.parse(answer(request.toHTTPRequest()));
        if (response instanceof OIDCTokenResponse tokens
                && tokens.getOIDCTokens().getIDToken() != null) {
            return tokens;
        }
        throw new NotProven("the provider does not take the code");
    }

    private ClientAuthentication authentication(ClientID client, Secret secret) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                ? new ClientSecretBasic(client, secret)
                : new ClientSecretPost(client, secret);
    }

    private ClaimsSet userInfo(AccessToken token, IDTokenClaimsSet proven)
            throws ParseException, IOException, NotProven {
        if (metadata.getUserInfoEndpointURI() == null) {
            return proven;
        }
        UserInfoResponse response = UserInfoResponse.parse(
                answer(new UserInfoRequest(metadata.getUserInfoEndpointURI(), token).toHTTPRequest()));
        UserInfo told =
                response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
        if (told == null || !told.getSubject().equals(proven.getSubject())) {
            throw new NotProven("the provider does not say who this is");
        }
        return told;
    }

    private static HTTPResponse answer(HTTPRequest request) throws IOException {
        request.setConnectTimeout(PATIENCE);
        request.setReadTimeout(PATIENCE);
        request.setFollowRedirects(false);
        return request.send();
    }

    private Set<String> groups(ClaimsSet told) {
        Object claim = told.getClaim(settings.claim());
        Set<String> groups = new HashSet<>();
        if (claim instanceof String one) {
            groups.add(one);
        } else if (claim instanceof List<?> several) {
            several.forEach(one -> groups.add(String.valueOf(one)));
        }
        return groups;
    }

    private static Optional<String> first(ClaimsSet one, ClaimsSet other, String name) {
        @Nullable String found = one.getStringClaim(name);
        return Optional.ofNullable(found != null ? found : other.getStringClaim(name));
    }
}
