// The systems that need no mapping. Each is a file of data.
import type { Preset } from '../preset.ts'
import { aspnetIdentity } from './aspnet-identity.ts'
import { auth0 } from './auth0.ts'
import { authjs } from './authjs.ts'
import { betterAuth } from './better-auth.ts'
import { clerk } from './clerk.ts'
import { devise } from './devise.ts'
import { django } from './django.ts'
import { drupal } from './drupal.ts'
import { express } from './express.ts'
import { firebase } from './firebase.ts'
import { flask } from './flask.ts'
import { joomla } from './joomla.ts'
import { keycloak } from './keycloak.ts'
import { kratos } from './kratos.ts'
import { laravel } from './laravel.ts'
import { ldap } from './ldap.ts'
import { lucia } from './lucia.ts'
import { mediawiki } from './mediawiki.ts'
import { phpbb } from './phpbb.ts'
import { spring } from './spring.ts'
import { supabase } from './supabase.ts'
import { symfony } from './symfony.ts'
import { wordpress } from './wordpress.ts'

export const presets: Record<string, Preset> = {
  'aspnet-identity': aspnetIdentity,
  auth0,
  authjs,
  'better-auth': betterAuth,
  clerk,
  devise,
  django,
  drupal,
  express,
  firebase,
  flask,
  joomla,
  keycloak,
  kratos,
  laravel,
  ldap,
  lucia,
  mediawiki,
  phpbb,
  spring,
  supabase,
  symfony,
  wordpress,
}

/** Columns with the names of the documentation. */
export const plain: Preset = { system: 'columns with our names', columns: {} }
