// Serves oauth2-mock-server at Zoho's paths on a free port of this machine, prints the port, and ends with its input.
import { OAuth2Server } from 'oauth2-mock-server';

const server = new OAuth2Server(undefined, undefined, {
  endpoints: {
    authorize: '/oauth/v2/auth',
    token: '/oauth/v2/token',
    revoke: '/oauth/v2/token/revoke',
    userinfo: '/oauth/user/info',
  },
});
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
console.log(server.address().port);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
