export { createPostSession, type PostSession, type Safety, type SessionOutlets } from './post-session';
