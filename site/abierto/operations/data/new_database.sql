BEGIN;
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "accounts_attempt" ("cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, "expires" datetime NOT NULL);
CREATE TABLE "accounts_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "first_name" varchar(150) NOT NULL, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "post" varchar(160) NOT NULL, "is_demo" bool NOT NULL);
CREATE TABLE "accounts_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "accounts_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_collection" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(255) NOT NULL UNIQUE, "depth" integer unsigned NOT NULL CHECK ("depth" >= 0), "numchild" integer unsigned NOT NULL CHECK ("numchild" >= 0), "name" varchar(255) NOT NULL);
CREATE TABLE "wagtailcore_groupcollectionpermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_pageviewrestriction_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "pageviewrestriction_id" integer NOT NULL REFERENCES "wagtailcore_pageviewrestriction" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_pageviewrestriction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(255) NOT NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "restriction_type" varchar(20) NOT NULL);
CREATE TABLE "wagtailcore_collectionviewrestriction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "restriction_type" varchar(20) NOT NULL, "password" varchar(255) NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_collectionviewrestriction_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "collectionviewrestriction_id" integer NOT NULL REFERENCES "wagtailcore_collectionviewrestriction" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_site" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "hostname" varchar(255) NOT NULL, "port" integer NOT NULL, "is_default_site" bool NOT NULL, "root_page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "site_name" varchar(255) NOT NULL);
CREATE TABLE "wagtailcore_task" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "active" bool NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "active" bool NOT NULL);
CREATE TABLE "wagtailcore_groupapprovaltask" ("task_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflowpage" ("page_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflowtask" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "task_id" integer NOT NULL REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_groupapprovaltask_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "groupapprovaltask_id" integer NOT NULL REFERENCES "wagtailcore_groupapprovaltask" ("task_ptr_id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_locale" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language_code" varchar(100) NOT NULL UNIQUE);
CREATE TABLE "wagtailcore_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(255) NOT NULL UNIQUE, "depth" integer unsigned NOT NULL CHECK ("depth" >= 0), "numchild" integer unsigned NOT NULL CHECK ("numchild" >= 0), "title" varchar(255) NOT NULL, "slug" varchar(255) NOT NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "url_path" text NOT NULL, "seo_title" varchar(255) NOT NULL, "show_in_menus" bool NOT NULL, "search_description" text NOT NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locked" bool NOT NULL, "latest_revision_created_at" datetime NULL, "first_published_at" datetime NULL, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "last_published_at" datetime NULL, "draft_title" varchar(255) NOT NULL, "locked_at" datetime NULL, "locked_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "translation_key" char(32) NOT NULL, "alias_of_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_commentreply" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "comment_id" integer NOT NULL REFERENCES "wagtailcore_comment" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_pagesubscription" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "comment_notifications" bool NOT NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_comment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "contentpath" text NOT NULL, "position" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "resolved_at" datetime NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "resolved_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_created_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_referenceindex" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(255) NOT NULL, "to_object_id" varchar(255) NOT NULL, "model_path" text NOT NULL, "content_path" text NOT NULL, "content_path_hash" char(32) NOT NULL, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "to_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_taskstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(50) NOT NULL, "started_at" datetime NOT NULL, "finished_at" datetime NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "task_id" integer NOT NULL REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_state_id" integer NOT NULL REFERENCES "wagtailcore_workflowstate" ("id") DEFERRABLE INITIALLY DEFERRED, "finished_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "comment" text NOT NULL, "revision_id" integer NOT NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflowstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(50) NOT NULL, "created_at" datetime NOT NULL, "current_task_state_id" integer NULL UNIQUE REFERENCES "wagtailcore_taskstate" ("id") DEFERRABLE INITIALLY DEFERRED, "requested_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" varchar(255) NOT NULL, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflowcontenttype" ("content_type_id" integer NOT NULL PRIMARY KEY REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_modellogentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" text NOT NULL, "action" varchar(255) NOT NULL, "timestamp" datetime NOT NULL, "content_changed" bool NOT NULL, "deleted" bool NOT NULL, "object_id" varchar(255) NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NULL, "uuid" char(32) NULL, "revision_id" integer NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)));
CREATE TABLE "wagtailcore_pagelogentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" text NOT NULL, "action" varchar(255) NOT NULL, "timestamp" datetime NOT NULL, "content_changed" bool NOT NULL, "deleted" bool NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL, "revision_id" integer NULL, "user_id" bigint NULL, "uuid" char(32) NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)));
CREATE TABLE "wagtailcore_grouppagepermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unique_permission" UNIQUE ("group_id", "page_id", "permission_id"));
CREATE TABLE "wagtailcore_revision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "approved_go_live_at" datetime NULL, "user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "object_id" varchar(255) NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "object_str" text NOT NULL);
CREATE TABLE "wagtailcore_uploadedfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file" varchar(200) NOT NULL, "for_content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_groupsitepermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED, "site_id" integer NOT NULL REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "key_hash" varchar(64) NOT NULL UNIQUE, "prefix" varchar(16) NOT NULL, "created" datetime NOT NULL, "revoked_at" datetime NULL, "last_used_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_string" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data_hash" char(32) NOT NULL, "data" text NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_template" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uuid" char(32) NOT NULL UNIQUE, "template" text NOT NULL, "template_format" varchar(100) NOT NULL, "string_count" integer unsigned NOT NULL CHECK ("string_count" >= 0));
CREATE TABLE "wagtail_localize_translatableobject" ("translation_key" char(32) NOT NULL PRIMARY KEY, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_templatesegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "template_id" integer NOT NULL REFERENCES "wagtail_localize_template" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_stringsegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "attrs" text NOT NULL, "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "string_id" integer NOT NULL REFERENCES "wagtail_localize_string" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_relatedobjectsegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_translation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uuid" char(32) NOT NULL UNIQUE, "created_at" datetime NOT NULL, "translations_last_updated_at" datetime NULL, "destination_last_updated_at" datetime NULL, "enabled" bool NOT NULL, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "target_locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_stringtranslation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "context_id" integer NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "translation_of_id" integer NOT NULL REFERENCES "wagtail_localize_string" ("id") DEFERRABLE INITIALLY DEFERRED, "tool_name" varchar(255) NOT NULL, "translation_type" varchar(20) NOT NULL, "last_translated_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "field_error" text NOT NULL, "has_error" bool NOT NULL);
CREATE TABLE "wagtail_localize_overridablesegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "data_json" text NOT NULL, "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_segmentoverride" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "data_json" text NOT NULL, "has_error" bool NOT NULL, "field_error" text NOT NULL, "context_id" integer NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "last_translated_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_localesynchronization" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "locale_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "sync_from_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_translationsource" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_repr" text NOT NULL, "content_json" text NOT NULL, "created_at" datetime NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "specific_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "last_updated_at" datetime NOT NULL, "schema_version" varchar(255) NOT NULL);
CREATE TABLE "wagtail_localize_translationcontext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path_id" char(32) NOT NULL, "path" text NOT NULL, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "field_path" text NOT NULL);
CREATE TABLE "wagtail_localize_translationlog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "abierto_translations_translatedsource" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "drafted" varchar(64) NOT NULL, "published" varchar(64) NOT NULL, "stale_since" datetime NULL, "translation_id" integer NOT NULL UNIQUE REFERENCES "wagtail_localize_translation" ("id") DEFERRABLE INITIALLY DEFERRED, "machine_approved_at" datetime NULL, "machine_texts" text DEFAULT '[]' NOT NULL CHECK ((JSON_VALID("machine_texts") OR "machine_texts" IS NULL)));
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);
CREATE TABLE "wagtailusers_userprofile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "submitted_notifications" bool NOT NULL, "approved_notifications" bool NOT NULL, "rejected_notifications" bool NOT NULL, "user_id" bigint NOT NULL UNIQUE REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "preferred_language" varchar(10) NOT NULL, "current_time_zone" varchar(40) NOT NULL, "avatar" varchar(100) NOT NULL, "updated_comments_notifications" bool NOT NULL, "dismissibles" text NOT NULL CHECK ((JSON_VALID("dismissibles") OR "dismissibles" IS NULL)), "theme" varchar(40) NOT NULL, "density" varchar(40) NOT NULL, "contrast" varchar(40) NOT NULL, "keyboard_shortcuts" bool NOT NULL);
CREATE TABLE "tenancy_spaceroot" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_person" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "name" varchar(160) NOT NULL, "honorific" varchar(40) NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_sdggoal" ("number" smallint unsigned NOT NULL PRIMARY KEY CHECK ("number" >= 0), "title" varchar(120) NOT NULL);
CREATE TABLE "registry_secretariat" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "name" varchar(200) NOT NULL UNIQUE, "level" varchar(10) NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "municipality_id" bigint NULL REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_glossaryterm" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "term" varchar(120) NOT NULL UNIQUE, "definition" text NOT NULL, "lay_synonyms" text NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_sdgtarget" ("code" varchar(5) NOT NULL PRIMARY KEY, "title" varchar(160) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "goal_id" smallint NOT NULL REFERENCES "registry_sdggoal" ("number") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_seat" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "role" varchar(12) NOT NULL, "post" varchar(200) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "institution_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "registry_person" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "secretariat_id" bigint NOT NULL REFERENCES "registry_secretariat" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_institutionspace" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "holder_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "institution_id" bigint NOT NULL UNIQUE REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "spaces_templatepage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(40) NOT NULL, "title" varchar(120) NOT NULL, "slug" varchar(60) NOT NULL UNIQUE, "summary" varchar(300) NOT NULL, "show_in_menus" bool NOT NULL, "is_public" bool NOT NULL, "is_included" bool NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0));
CREATE TABLE "spaces_municipalityspace" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "review" varchar(9) NOT NULL, "has_state_step" bool NOT NULL, "holder_id" bigint NOT NULL UNIQUE REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "municipality_id" bigint NOT NULL UNIQUE REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "spaces_municipalityproposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "decided_at" datetime NULL, "title" varchar(120) NOT NULL, "band_color" varchar(7) NOT NULL, "accent_color" varchar(7) NOT NULL, "presentation" text NOT NULL, "review" varchar(9) NOT NULL, "has_state_step" bool NOT NULL, "accounts" text NOT NULL CHECK ((JSON_VALID("accounts") OR "accounts" IS NULL)), "decided_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "municipality_id" bigint NOT NULL REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "spaces_reviewerproposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "decided_at" datetime NULL, "first_name" varchar(150) NOT NULL, "last_name" varchar(150) NOT NULL, "email" varchar(150) NOT NULL, "decided_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "spaces_provisionedpage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "holder_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "template_id" bigint NOT NULL REFERENCES "spaces_templatepage" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "spaces_one_page_of_each" UNIQUE ("holder_id", "template_id"));
CREATE TABLE "approval_ledgerhead" ("ledger" varchar(20) NOT NULL PRIMARY KEY, "rows" bigint unsigned NOT NULL CHECK ("rows" >= 0), "link" varchar(64) NOT NULL);
CREATE TABLE "approval_accountrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "event" varchar(8) NOT NULL, "account_number" bigint unsigned NOT NULL CHECK ("account_number" >= 0), "account_name" varchar(150) NOT NULL, "group_number" bigint unsigned NULL CHECK ("group_number" >= 0), "group_name" varchar(150) NOT NULL, "by_number" bigint unsigned NULL CHECK ("by_number" >= 0), "by_name" varchar(150) NOT NULL, "created_at" datetime NOT NULL);
CREATE TABLE "approval_ledgerlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ledger" varchar(20) NOT NULL, "number" bigint unsigned NOT NULL CHECK ("number" >= 0), "link" varchar(64) NOT NULL, CONSTRAINT "approval_link_once" UNIQUE ("ledger", "number"));
CREATE TABLE "approval_publicrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "model" varchar(100) NOT NULL, "object_id" varchar(150) NOT NULL, "title" varchar(255) NOT NULL, "prints" text NOT NULL CHECK ((JSON_VALID("prints") OR "prints" IS NULL)), "is_gone" bool NOT NULL, "by_number" bigint unsigned NULL CHECK ("by_number" >= 0), "reason" text NOT NULL, "created_at" datetime NOT NULL);
CREATE TABLE "approval_reviewtask" ("task_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED, "lender_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "until" date NULL);
CREATE TABLE "approval_reviewtask_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reviewtask_id" integer NOT NULL REFERENCES "approval_reviewtask" ("task_ptr_id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "approval_submissionnote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "created_at" datetime NOT NULL, "author_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_state_id" integer NOT NULL REFERENCES "wagtailcore_workflowstate" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "approval_tracesettings" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "by_post" bool NOT NULL, "site_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "approval_withdrawnfrom" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "space_number" bigint unsigned NULL CHECK ("space_number" >= 0), "page_number" bigint unsigned NULL CHECK ("page_number" >= 0), "was_open" bool NOT NULL, "approval_id" bigint NOT NULL UNIQUE REFERENCES "approval_approval" ("id") DEFERRABLE INITIALLY DEFERRED, "page_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "approval_approval" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(64) NOT NULL, "title" varchar(255) NOT NULL, "revision_number" bigint unsigned NULL CHECK ("revision_number" >= 0), "sha" varchar(64) NOT NULL, "kind" varchar(10) NOT NULL, "authors" text NOT NULL CHECK ((JSON_VALID("authors") OR "authors" IS NULL)), "comment" text NOT NULL, "created_at" datetime NOT NULL, "approver_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "reporter_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "approval_review_has_approver" CHECK ((NOT ("kind" = 'review') OR "approver_id" IS NOT NULL)), CONSTRAINT "approval_review_is_not_ones_own" CHECK ((NOT ("kind" = 'review') OR NOT ("reporter_id" = ("approver_id") AND "reporter_id" IS NOT NULL AND "approver_id" IS NOT NULL))), CONSTRAINT "approval_step_is_somebody_elses" CHECK ((NOT ("kind" = 'step') OR ("approver_id" IS NOT NULL AND NOT ("reporter_id" = ("approver_id") AND "reporter_id" IS NOT NULL AND "approver_id" IS NOT NULL)))), CONSTRAINT "approval_emergency_has_a_name" CHECK ((NOT ("kind" = 'emergency') OR "approver_id" IS NOT NULL)), CONSTRAINT "approval_exception_has_reason" CHECK ((NOT ("kind" IN ('import', 'emergency')) OR NOT ("comment" = ''))));
CREATE TABLE "approval_standin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "absent_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "approval_id" bigint NOT NULL REFERENCES "approval_approval" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "approval_stand_in_once" UNIQUE ("approval_id", "absent_id"));
CREATE TABLE "approval_warningconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(64) NOT NULL, "sha" varchar(64) NOT NULL, "place" varchar(255) NOT NULL, "kind" varchar(20) NOT NULL, "excerpt" varchar(40) NOT NULL, "fingerprint" varchar(64) NOT NULL, "reason" text NOT NULL, "created_at" datetime NOT NULL, "confirmed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "approval_confirmation_has_reason" CHECK (NOT ("reason" = '')));
CREATE TABLE "spaces_reviewagreement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ends" date NOT NULL, "status" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "confirmed_at" datetime NULL, "ended_at" datetime NULL, "accepted_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "confirmed_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "ended_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "neighbour_id" bigint NOT NULL REFERENCES "spaces_municipalityspace" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" integer NULL UNIQUE REFERENCES "approval_reviewtask" ("task_ptr_id") DEFERRABLE INITIALLY DEFERRED, "town_id" bigint NOT NULL REFERENCES "spaces_municipalityspace" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "spaces_agreement_with_another" CHECK (NOT ("town_id" = ("neighbour_id"))));
CREATE TABLE "registry_steplist" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "valid_from" date NULL, "valid_until" date NULL, "name" varchar(160) NOT NULL UNIQUE, "source_name" varchar(250) NOT NULL, "source_date" date NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_declaredfigure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "measure" varchar(12) NOT NULL, "text" varchar(40) NOT NULL, "stated_on" date NULL, "source_name" varchar(250) NOT NULL, "note" varchar(250) NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_officialcontact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "kind" varchar(10) NOT NULL, "value" varchar(200) NOT NULL, "office" varchar(200) NOT NULL, "source" varchar(200) NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_archivedbranch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "period_id" bigint NOT NULL REFERENCES "registry_administrationperiod" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_administrationperiod" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "ended_on" date NOT NULL, "municipality_id" bigint NOT NULL REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "registry_period_ends_once" UNIQUE ("municipality_id", "ended_on"), CONSTRAINT "registry_period_named_once" UNIQUE ("municipality_id", "name"));
CREATE TABLE "acts_suspensionact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "decided_at" datetime NULL, "is_lifted" bool NOT NULL, "reason" text NOT NULL, "decided_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "acts_administrationact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "decided_at" datetime NULL, "name" varchar(120) NOT NULL, "ended_on" date NOT NULL, "branches" text NOT NULL CHECK ((JSON_VALID("branches") OR "branches" IS NULL)), "accounts" text NOT NULL CHECK ((JSON_VALID("accounts") OR "accounts" IS NULL)), "applied_at" datetime NULL, "decided_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "town_id" bigint NOT NULL REFERENCES "spaces_municipalityspace" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "acts_handoveract" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "decided_at" datetime NULL, "ended_on" date NOT NULL, "source" varchar(250) NOT NULL, "decided_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "predecessor_id" bigint NOT NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "successor_id" bigint NOT NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "acts_handover_to_another" CHECK (NOT ("predecessor_id" = ("successor_id"))));
CREATE TABLE "board_sitecheck" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" varchar(200) NOT NULL, "state" varchar(12) NOT NULL, "detail" varchar(250) NOT NULL, "checked_at" datetime NOT NULL, "municipality_id" bigint NOT NULL UNIQUE REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "bundles_bundle" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "note" text NOT NULL, "go_live_at" datetime NULL, "status" varchar(9) NOT NULL, "created_at" datetime NOT NULL, "decided_at" datetime NULL, "comment" text NOT NULL, "failed_at" datetime NULL, "failure" text NOT NULL, "created_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "failed_page_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "bundles_bundledecision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" varchar(255) NOT NULL, "comment" text NOT NULL, "given_at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "task_state_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_taskstate" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "bundles_bundleitem" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "bundles_bundleitem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "bundle_id" bigint NOT NULL REFERENCES "bundles_bundle" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_state_id" integer NULL REFERENCES "wagtailcore_workflowstate" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "bundles_page_once_in_bundle" UNIQUE ("bundle_id", "page_id"));
CREATE TABLE "deadlines_deadlinesettings" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "review_days" smallint unsigned NOT NULL CHECK ("review_days" >= 0), "state_days" smallint unsigned NOT NULL CHECK ("state_days" >= 0), "remind_days" smallint unsigned NOT NULL CHECK ("remind_days" >= 0), "guest_days" smallint unsigned NOT NULL CHECK ("guest_days" >= 0));
CREATE TABLE "deadlines_reportnotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "commitment_key" char(32) NOT NULL, "due_on" date NOT NULL, "notice" varchar(4) NOT NULL, "sent_at" datetime NOT NULL, CONSTRAINT "deadlines_one_report_notice" UNIQUE ("commitment_key", "due_on", "notice"));
CREATE TABLE "deadlines_reviewnotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "audience" varchar(5) NOT NULL, "sent_at" datetime NOT NULL, "task_state_id" integer NOT NULL REFERENCES "wagtailcore_taskstate" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "deadlines_one_review_notice" UNIQUE ("task_state_id", "audience"));
CREATE TABLE "deadlines_observationnotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sent_at" datetime NOT NULL, "page_key" char(32) NOT NULL, "event" varchar(8) NOT NULL, CONSTRAINT "deadlines_one_observation_notice" UNIQUE ("page_key", "event"));
CREATE TABLE "delegation_delegation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "starts" date NOT NULL, "ends" date NOT NULL, "reason" varchar(200) NOT NULL, "granted_at" datetime NOT NULL, "ended_at" datetime NULL, "absent_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "deputy_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "ended_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "granted_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "delegation_not_to_herself" CHECK (NOT ("absent_id" = ("deputy_id"))), CONSTRAINT "delegation_not_by_the_deputy" CHECK (NOT ("granted_by_id" = ("deputy_id"))), CONSTRAINT "delegation_ends_after" CHECK ("ends" >= ("starts")));
CREATE TABLE "django_tasks_database_dbtaskresult" ("id" char(32) NOT NULL PRIMARY KEY, "args_kwargs" text NOT NULL CHECK ((JSON_VALID("args_kwargs") OR "args_kwargs" IS NULL)), "priority" integer NOT NULL, "task_path" text NOT NULL, "queue_name" varchar(32) NOT NULL, "backend_name" varchar(32) NOT NULL, "run_after" datetime NOT NULL, "enqueued_at" datetime NOT NULL, "finished_at" datetime NULL, "started_at" datetime NULL, "return_value" text NULL CHECK ((JSON_VALID("return_value") OR "return_value" IS NULL)), "exception_class_path" text NOT NULL, "traceback" text NOT NULL, "worker_ids" text NOT NULL CHECK ((JSON_VALID("worker_ids") OR "worker_ids" IS NULL)), "status" varchar(10) NOT NULL, CONSTRAINT "priority_range" CHECK ("priority" BETWEEN -100 AND 100));
CREATE TABLE "guest_links_guestlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "guest" varchar(160) NOT NULL, "expires_at" datetime NOT NULL, "created_at" datetime NOT NULL, "revoked_at" datetime NULL, "created_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" integer NOT NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "revoked_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "imports_importbatch_bundles" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "importbatch_id" bigint NOT NULL REFERENCES "imports_importbatch" ("id") DEFERRABLE INITIALLY DEFERRED, "bundle_id" bigint NOT NULL REFERENCES "bundles_bundle" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "imports_importedversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "is_new" bool NOT NULL, "batch_id" bigint NOT NULL REFERENCES "imports_importbatch" ("id") DEFERRABLE INITIALLY DEFERRED, "before_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "imports_one_version_of_a_page" UNIQUE ("batch_id", "page_id"));
CREATE TABLE "imports_importbatch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "state" varchar(10) NOT NULL, "name" varchar(255) NOT NULL, "total" integer unsigned NOT NULL CHECK ("total" >= 0), "done" integer unsigned NOT NULL CHECK ("done" >= 0), "problems" text NOT NULL CHECK ((JSON_VALID("problems") OR "problems" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "failure" text NOT NULL, "claimed_at" datetime NULL, "finished_at" datetime NULL, "kind" varchar(20) NOT NULL, "sheet" varchar(100) NOT NULL, "changes" text NOT NULL CHECK ((JSON_VALID("changes") OR "changes" IS NULL)), "change_count" integer unsigned NOT NULL CHECK ("change_count" >= 0), "created_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "requested_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "target_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "imports_importedrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "is_new" bool NOT NULL, "object_id" varchar(255) NOT NULL, "batch_id" bigint NOT NULL REFERENCES "imports_importbatch" ("id") DEFERRABLE INITIALLY DEFERRED, "before_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "imports_one_version_of_a_row" UNIQUE ("batch_id", "content_type_id", "object_id"));
CREATE TABLE "jobs_jobrun" ("command" varchar(120) NOT NULL PRIMARY KEY, "next_at" datetime NOT NULL, "started_at" datetime NULL, "finished_at" datetime NULL, "outcome" varchar(8) NOT NULL, "error" text NOT NULL);
CREATE TABLE "taggit_taggeditem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" integer NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uniq" UNIQUE ("content_type_id", "object_id", "tag_id"));
CREATE TABLE "taggit_tag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "slug" varchar(100) NOT NULL UNIQUE);
CREATE TABLE "media_portaldocument" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "created_at" datetime NOT NULL, "file_size" bigint unsigned NULL CHECK ("file_size" >= 0), "file_hash" varchar(40) NOT NULL, "file" varchar(100) NOT NULL, "download_name" varchar(130) NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "media_portalimage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "description" varchar(255) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "created_at" datetime NOT NULL, "focal_point_x" integer unsigned NULL CHECK ("focal_point_x" >= 0), "focal_point_y" integer unsigned NULL CHECK ("focal_point_y" >= 0), "focal_point_width" integer unsigned NULL CHECK ("focal_point_width" >= 0), "focal_point_height" integer unsigned NULL CHECK ("focal_point_height" >= 0), "file_size" integer unsigned NULL CHECK ("file_size" >= 0), "file_hash" varchar(40) NOT NULL, "file" varchar(100) NOT NULL, "credit" varchar(160) NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "media_portalrendition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "filter_spec" varchar(255) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "focal_point_key" varchar(16) NOT NULL, "file" varchar(100) NOT NULL, "sha256" varchar(64) NOT NULL, "image_id" bigint NOT NULL REFERENCES "media_portalimage" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "media_one_rendition" UNIQUE ("image_id", "filter_spec", "focal_point_key"));
CREATE TABLE "media_filereading" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file_name" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "state" varchar(10) NOT NULL, "reason" varchar(20) NOT NULL, "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "findings" text NOT NULL CHECK ((JSON_VALID("findings") OR "findings" IS NULL)), "claimed_at" datetime NULL, "document_id" bigint NOT NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "media_one_reading_of_a_file" UNIQUE ("document_id", "file_name"));
CREATE TABLE "media_filetext" ("reading_id" bigint NOT NULL PRIMARY KEY REFERENCES "media_filereading" ("id") DEFERRABLE INITIALLY DEFERRED, "pages" text NOT NULL CHECK ((JSON_VALID("pages") OR "pages" IS NULL)));
CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);
CREATE TABLE "microsite_copies_micrositecopy" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "ordered_at" datetime NOT NULL, "state" varchar(7) NOT NULL, "claimed_at" datetime NULL, "finished_at" datetime NULL, "file" varchar(100) NOT NULL, "sha256" varchar(64) NOT NULL, "size" bigint unsigned NOT NULL CHECK ("size" >= 0), "page_count" integer unsigned NOT NULL CHECK ("page_count" >= 0), "file_count" integer unsigned NOT NULL CHECK ("file_count" >= 0), "failure" text NOT NULL, "holder_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "ordered_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_listedstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "name" varchar(160) NOT NULL, "text" text NOT NULL, "documents" text NOT NULL, "source" varchar(250) NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "step_list_id" bigint NOT NULL REFERENCES "registry_steplist" ("id") DEFERRABLE INITIALLY DEFERRED, "makes_matrix" bool NOT NULL, "makes_trees" bool NOT NULL);
CREATE TABLE "pages_progressfigure" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "level" varchar(10) NOT NULL, "parent_key" char(32) NULL, "code" varchar(80) NOT NULL, "label" varchar(255) NOT NULL, "computed" decimal NULL, "effective" decimal NULL, "stage" varchar(200) NOT NULL, "rule" varchar(12) NOT NULL, "differs" bool NOT NULL, "weight" decimal NOT NULL, "note" text NOT NULL, "plan_key" char(32) NOT NULL, "key" char(32) NOT NULL UNIQUE, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "declared" decimal NULL, "declared_on" date NULL, "declared_counts" bool NOT NULL, "reported_on" date NULL, "means_count" smallint unsigned NOT NULL CHECK ("means_count" >= 0), "pending_count" smallint unsigned NOT NULL CHECK ("pending_count" >= 0), "evidence_count" smallint unsigned NOT NULL CHECK ("evidence_count" >= 0));
CREATE TABLE "pages_commitmentpage_sdg_targets" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "commitmentpage_id" integer NOT NULL REFERENCES "pages_commitmentpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "sdgtarget_id" varchar(5) NOT NULL REFERENCES "registry_sdgtarget" ("code") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_commitmentparty" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "role" varchar(12) NOT NULL, "post" varchar(250) NOT NULL, "institution_id" bigint NOT NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_commitmentpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "registry_person" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_erratum" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "date" date NOT NULL, "text" text NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_reportpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_reportrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "level" varchar(10) NOT NULL, "key" char(32) NOT NULL, "parent_key" char(32) NULL, "code" varchar(80) NOT NULL, "label" varchar(255) NOT NULL, "computed" decimal NULL, "effective" decimal NULL, "stage" varchar(200) NOT NULL, "rule" varchar(12) NOT NULL, "differs" bool NOT NULL, "weight" decimal NOT NULL, "note" text NOT NULL, "declared" decimal NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_reportpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_signatory" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "post" varchar(250) NOT NULL, "role" varchar(10) NOT NULL, "institution_id" bigint NOT NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_declarationpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "registry_person" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_spaceversion" ("space_number" bigint unsigned NOT NULL PRIMARY KEY CHECK ("space_number" >= 0), "number" bigint unsigned NOT NULL CHECK ("number" >= 0));
CREATE TABLE "pages_rulinggroup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "group" varchar(24) NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_rulingpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_attendance" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "attended" varchar(6) NOT NULL, "institution_id" bigint NOT NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_sessionpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_tableparticipant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "part" varchar(160) NOT NULL, "institution_id" bigint NOT NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_cocreationtablepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_roadmapstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "status" varchar(14) NOT NULL, "done_on" date NULL, "place" varchar(250) NOT NULL, "note" text NOT NULL, "evidence" text NOT NULL CHECK ((JSON_VALID("evidence") OR "evidence" IS NULL)), "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_roadmappage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NOT NULL REFERENCES "registry_listedstep" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_matrixrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "level" varchar(9) NOT NULL, "objective" text NOT NULL, "indicator" varchar(250) NOT NULL, "method" text NOT NULL, "unit" varchar(6) NOT NULL, "unit_name" varchar(60) NOT NULL, "baseline" decimal NULL, "baseline_on" date NULL, "target" decimal NULL, "target_on" date NULL, "frequency" varchar(10) NOT NULL, "means_of_verification" text NOT NULL, "assumptions" text NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_resultsmatrixpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_agreement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "text" text NOT NULL, "due" date NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "responsible_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_sessionpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "done_on" date NULL, "done_note" text DEFAULT '' NOT NULL);
CREATE TABLE "pages_axispage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "code" varchar(10) NOT NULL, "justification" text NOT NULL, "objective" text NOT NULL, "expected_effect" text NOT NULL, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_callpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "contributions" text NOT NULL CHECK ((JSON_VALID("contributions") OR "contributions" IS NULL)), "opens_on" date NULL, "closes_on" date NULL, "is_permanent" bool NOT NULL, "audience" text NOT NULL, "how_to" text NOT NULL, "published_in" text NOT NULL, "document_id" bigint NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_cocreationtablepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "contributions" text NOT NULL CHECK ((JSON_VALID("contributions") OR "contributions" IS NULL)), "starts_on" date NULL, "ends_on" date NULL, "place" varchar(200) NOT NULL, "results" text NOT NULL, "commitments" text NOT NULL CHECK ((JSON_VALID("commitments") OR "commitments" IS NULL)), "minutes_id" bigint NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_commitmentaction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "title" varchar(120) NOT NULL, "text" text NOT NULL, "deliverable" varchar(250) NOT NULL, "weight" decimal NOT NULL, "start" date NULL, "end" date NULL, "means" text NOT NULL CHECK ((JSON_VALID("means") OR "means" IS NULL)), "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_commitmentpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "indicator_key" char(32) NULL, "official_text" text DEFAULT '' NOT NULL);
CREATE TABLE "pages_commitmentpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "code" varchar(12) NOT NULL, "official_name" text NOT NULL, "problem" text NOT NULL, "objective" text NOT NULL, "citizen_purpose" text NOT NULL, "relevance" text NOT NULL, "start" date NULL, "end" date NULL, "cadence_months" smallint unsigned NULL CHECK ("cadence_months" >= 0), "sdg_note" varchar(250) NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "is_code_ours" bool DEFAULT 0 NOT NULL, "official_text" text DEFAULT '' NOT NULL, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "outcome" varchar(12) DEFAULT '' NOT NULL, "outcome_reason" text DEFAULT '' NOT NULL, "indicator_key" char(32) NULL, "source_url" varchar(200) DEFAULT '' NOT NULL, "continues_id" integer NULL REFERENCES "pages_commitmentpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_consultationpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "contributions" text NOT NULL CHECK ((JSON_VALID("contributions") OR "contributions" IS NULL)), "people_total" integer unsigned NULL CHECK ("people_total" >= 0), "people_women" integer unsigned NULL CHECK ("people_women" >= 0), "people_men" integer unsigned NULL CHECK ("people_men" >= 0), "people_other" integer unsigned NULL CHECK ("people_other" >= 0), "groups" text NOT NULL CHECK ((JSON_VALID("groups") OR "groups" IS NULL)), "starts_on" date NULL, "ends_on" date NULL, "place" varchar(200) NOT NULL, "question" text NOT NULL, "method" text NOT NULL, "age_from" smallint unsigned NULL CHECK ("age_from" >= 0), "age_to" smallint unsigned NULL CHECK ("age_to" >= 0), "age_mean" decimal NULL, "paper_total" integer unsigned NULL CHECK ("paper_total" >= 0), "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "results_source" varchar(250) NOT NULL, "results_note" text NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_declarationpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "signed_on" date NULL, "place" varchar(160) NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_easyreadpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "text" text NOT NULL, "validated_by" varchar(250) NOT NULL, "reader_count" smallint unsigned NULL CHECK ("reader_count" >= 0), "validated_on" date NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_forumpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "contributions" text NOT NULL CHECK ((JSON_VALID("contributions") OR "contributions" IS NULL)), "people_total" integer unsigned NULL CHECK ("people_total" >= 0), "people_women" integer unsigned NULL CHECK ("people_women" >= 0), "people_men" integer unsigned NULL CHECK ("people_men" >= 0), "people_other" integer unsigned NULL CHECK ("people_other" >= 0), "groups" text NOT NULL CHECK ((JSON_VALID("groups") OR "groups" IS NULL)), "starts_on" date NULL, "ends_on" date NULL, "place" varchar(200) NOT NULL, "kind" varchar(10) NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_goodpracticeindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_goodpracticepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "topic" varchar(20) NOT NULL, "year" smallint unsigned NULL CHECK ("year" >= 0), "what_was_done" text NOT NULL, "result" text NOT NULL, "evidence" text NOT NULL CHECK ((JSON_VALID("evidence") OR "evidence" IS NULL)), "how_to_repeat" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "municipality_id" bigint NULL REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED, "report_id" integer NULL REFERENCES "pages_reportpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_homepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "lead" varchar(250) NOT NULL, "popular_searches" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "current_plan_id" integer NULL REFERENCES "pages_planpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_infographicpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" varchar(250) NOT NULL, "steps" text NOT NULL CHECK ((JSON_VALID("steps") OR "steps" IS NULL)), "image_id" bigint NULL REFERENCES "media_portalimage" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_micrositepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "presentation" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "band_color" varchar(7) NOT NULL, "accent_color" varchar(7) NOT NULL, "address" varchar(250) NOT NULL, "phone" varchar(60) NOT NULL, "email" varchar(254) NOT NULL, "privacy_url" varchar(200) NOT NULL, "logo_id" bigint NULL REFERENCES "media_portalimage" ("id") DEFERRABLE INITIALLY DEFERRED, "municipality_id" bigint NULL REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED, "portrait_id" bigint NULL REFERENCES "media_portalimage" ("id") DEFERRABLE INITIALLY DEFERRED, "privacy_page_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_municipalityindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_observationanswerpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "answered_on" date NULL, "text" text NOT NULL, "evidence" text NOT NULL CHECK ((JSON_VALID("evidence") OR "evidence" IS NULL)), "observation_id" integer NULL REFERENCES "pages_observationpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_observationindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_observationpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "text" text NOT NULL, "issued_on" date NULL, "due_on" date NULL, "closed_on" date NULL, "outcome" varchar(10) NOT NULL, "closing_reason" text NOT NULL, "institution_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NULL REFERENCES "registry_listedstep" ("id") DEFERRABLE INITIALLY DEFERRED, "subject_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_participationindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_plainversionpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "what_happened" text NOT NULL, "what_was_decided" text NOT NULL, "why" text NOT NULL, "what_next" text NOT NULL, "what_to_do" text NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_planindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "intro" text NOT NULL, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_planpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "level" varchar(10) NOT NULL, "kind" varchar(10) NOT NULL, "status" varchar(12) NOT NULL, "period_start" date NULL, "period_end" date NULL, "objective" text NOT NULL, "target_text" varchar(200) NOT NULL, "source_note" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "roll_up" varchar(12) NOT NULL, "stage_counts_as" varchar(8) NOT NULL, "missing_counts_as" varchar(8) NOT NULL, "cadence_months" smallint unsigned NOT NULL CHECK ("cadence_months" >= 0), "grace_days" smallint unsigned NOT NULL CHECK ("grace_days" >= 0), "is_start_assumed" bool DEFAULT 0 NOT NULL, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "closed_on" date NULL, "source_url" varchar(200) DEFAULT '' NOT NULL, "continues_id" integer NULL REFERENCES "pages_planpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_problemtreepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "problem" text NOT NULL, "effects" text NOT NULL, "causes" text NOT NULL, "objective" text NOT NULL, "ends" text NOT NULL, "means" text NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_progressupdatepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "period_start" date NULL, "period_end" date NULL, "declared" decimal NULL, "declared_note" text NOT NULL, "narrative" text NOT NULL, "evidence" text NOT NULL CHECK ((JSON_VALID("evidence") OR "evidence" IS NULL)), "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "indicator_key" char(32) NULL, "measured" decimal NULL, "measured_on" date NULL, "measured_source" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_publicversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint unsigned NOT NULL CHECK ("number" >= 0), "shared" bigint unsigned DEFAULT 0 NOT NULL CHECK ("shared" >= 0));
CREATE TABLE "pages_publicversionpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "pages" text NOT NULL CHECK ((JSON_VALID("pages") OR "pages" IS NULL)), "anonymized_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "document_id" bigint NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, "names_reviewed_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_reportpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "kind" varchar(12) NOT NULL, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "period_start" date NULL, "period_end" date NULL, "cutoff" date NULL, "target_date" date NULL, "presented_on" date NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "document_id" bigint NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_resultsmatrixpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_roadmappage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "declaration" varchar(10) NOT NULL, "intro" text NOT NULL, "oath_on" date NULL, "has_all_members" bool NOT NULL, "vulnerable_groups" text NOT NULL, "without_internet" text NOT NULL, "municipality_id" bigint NULL REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED, "oath_before_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "step_list_id" bigint NULL REFERENCES "registry_steplist" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_rulingindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "intro" text NOT NULL, "tribunal_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "guide_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "first_part" varchar(12) NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_rulingpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_date" date NULL, "case_number" varchar(80) NOT NULL, "case_key" varchar(80) NOT NULL, "matter" varchar(20) NOT NULL, "proceeding" varchar(120) NOT NULL, "decided_on" date NULL, "outcome" varchar(20) NOT NULL, "decision" text NOT NULL, "topics" text NOT NULL, "has_gender_perspective" bool NOT NULL, "votes" text NOT NULL CHECK ((JSON_VALID("votes") OR "votes" IS NULL)), "finality" varchar(20) NOT NULL, "finality_date" date NULL, "finality_reason" text NOT NULL, "citations" text NOT NULL CHECK ((JSON_VALID("citations") OR "citations" IS NULL)), "provisions" text NOT NULL, "commitments" text NOT NULL CHECK ((JSON_VALID("commitments") OR "commitments" IS NULL)), "original_url" varchar(200) NOT NULL, "is_fictional" bool NOT NULL, "chamber_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "tribunal_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED, "source_url" varchar(200) DEFAULT '' NOT NULL, "finality_ruling_id" integer NULL REFERENCES "pages_rulingpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "replaces_id" integer NULL REFERENCES "pages_rulingpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_secretariatpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "secretariat_id" bigint NULL REFERENCES "registry_secretariat" ("id") DEFERRABLE INITIALLY DEFERRED, "members_source" varchar(200) DEFAULT '' NOT NULL, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_sessionpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "kind" varchar(14) NOT NULL, "number" smallint unsigned NULL CHECK ("number" >= 0), "starts_at" datetime NULL, "ends_at" datetime NULL, "place" varchar(200) NOT NULL, "agenda" text NOT NULL, "minutes_id" bigint NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "attended" smallint unsigned NULL CHECK ("attended" >= 0), "documents" text DEFAULT '[]' NOT NULL CHECK ((JSON_VALID("documents") OR "documents" IS NULL)), "notice_id" bigint NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, "notice_on" date NULL, "quorum" smallint unsigned NULL CHECK ("quorum" >= 0), "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_standardpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "source_date" date NULL, "source_name" varchar(250) DEFAULT '' NOT NULL, "source_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "pages_updaterow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "sort_order" integer NULL, "action_key" char(32) NOT NULL, "percent" decimal NULL, "stage" varchar(200) NOT NULL, "note" text NOT NULL, "evidence" text NOT NULL CHECK ((JSON_VALID("evidence") OR "evidence" IS NULL)), "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "pages_progressupdatepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "indicator_key" char(32) NULL, "measured" decimal NULL, "measured_on" date NULL, "measured_source" varchar(250) DEFAULT '' NOT NULL);
CREATE TABLE "redactions_redaction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "finished_at" datetime NULL, "expires_at" datetime NOT NULL, "sealed_content" BLOB NOT NULL, "sealed_file" BLOB NULL, "author_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_institution" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "name" varchar(200) NOT NULL UNIQUE, "acronym" varchar(40) NOT NULL, "kind" varchar(20) NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "common_name" varchar(60) DEFAULT '' NOT NULL, "email" varchar(254) DEFAULT '' NOT NULL, "transparency_address" varchar(200) DEFAULT '' NOT NULL, "transparency_email" varchar(254) DEFAULT '' NOT NULL, "transparency_phone" varchar(60) DEFAULT '' NOT NULL, "transparency_url" varchar(200) DEFAULT '' NOT NULL, "website" varchar(200) DEFAULT '' NOT NULL, "successor_id" bigint NULL REFERENCES "registry_institution" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_harvestedrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" varchar(200) NOT NULL, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "read_at" datetime NULL, "failed_at" datetime NULL, "failure" text NOT NULL, "municipality_id" bigint NOT NULL UNIQUE REFERENCES "registry_municipality" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "registry_municipality" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "code" varchar(5) NOT NULL UNIQUE, "name" varchar(120) NOT NULL UNIQUE, "aliases" varchar(200) NOT NULL, "population" integer unsigned NULL CHECK ("population" >= 0), "external_site_url" varchar(200) NOT NULL, "column" smallint unsigned NOT NULL CHECK ("column" >= 0), "row" smallint unsigned NOT NULL CHECK ("row" >= 0), "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, "external_site_source" varchar(200) DEFAULT '' NOT NULL, "facts" text DEFAULT '' NOT NULL, "facts_source" varchar(250) DEFAULT '' NOT NULL, "data_url" varchar(200) DEFAULT '' NOT NULL);
CREATE TABLE "retention_deletionproposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "decided_at" datetime NULL, "kind" varchar(20) NOT NULL, "keys" text NOT NULL CHECK ((JSON_VALID("keys") OR "keys" IS NULL)), "reason" text NOT NULL, "refusal" text NOT NULL, "deleted" integer unsigned NOT NULL CHECK ("deleted" >= 0), "decided_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "ruling_desk_rulingbatch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "state" varchar(10) NOT NULL, "name" varchar(255) NOT NULL, "sheet" varchar(100) NOT NULL, "archive" varchar(100) NOT NULL, "total" integer unsigned NOT NULL CHECK ("total" >= 0), "done" integer unsigned NOT NULL CHECK ("done" >= 0), "problems" text NOT NULL CHECK ((JSON_VALID("problems") OR "problems" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "readings" text NOT NULL CHECK ((JSON_VALID("readings") OR "readings" IS NULL)), "failure" text NOT NULL, "claimed_at" datetime NULL, "finished_at" datetime NULL, "created_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "index_id" integer NOT NULL REFERENCES "pages_rulingindexpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "requested_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "ruling_desk_rulingbatch_bundles" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rulingbatch_id" bigint NOT NULL REFERENCES "ruling_desk_rulingbatch" ("id") DEFERRABLE INITIALLY DEFERRED, "bundle_id" bigint NOT NULL REFERENCES "bundles_bundle" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "ruling_desk_monthlycount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "month" date NOT NULL, "decided" integer unsigned NOT NULL CHECK ("decided" >= 0), "source" varchar(250) NOT NULL, "source_url" varchar(200) NOT NULL, "declared_at" datetime NOT NULL, "declared_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "index_id" integer NOT NULL REFERENCES "pages_rulingindexpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "ruling_desk_one_count_of_a_month" UNIQUE ("index_id", "month"));
CREATE TABLE "ruling_desk_batchpage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "document_id" bigint NULL REFERENCES "media_portaldocument" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "batch_id" bigint NOT NULL REFERENCES "ruling_desk_rulingbatch" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "ruling_desk_page_of_one_batch" UNIQUE ("page_id"));
CREATE TABLE "search_daykey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL UNIQUE, "key" varchar(64) NOT NULL);
CREATE TABLE "search_querynote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(8) NOT NULL, "words" varchar(200) NOT NULL, "locale" varchar(20) NOT NULL, "space" varchar(80) NOT NULL, "total" integer unsigned NOT NULL CHECK ("total" >= 0), "day" date NOT NULL, "session" varchar(16) NOT NULL);
CREATE TABLE "search_promotedresult" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "valid_from" date NULL, "valid_until" date NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "words" text NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "search_fingerprint" ("group" bigint NOT NULL PRIMARY KEY, "mark" bigint NOT NULL, "revision" bigint NULL, "described_at" datetime NOT NULL);
CREATE TABLE "search_indexrebuild" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "engine" varchar(40) NOT NULL UNIQUE, "index" varchar(200) NOT NULL, "started_at" datetime NOT NULL);
CREATE TABLE "search_workerbeat" ("holder" varchar(120) NOT NULL PRIMARY KEY, "seen_at" datetime NOT NULL);
CREATE TABLE "search_rebuildchange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group" bigint NOT NULL, "rebuild_id" bigint NOT NULL REFERENCES "search_indexrebuild" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "search_rebuildslice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "first" bigint NOT NULL, "until" bigint NOT NULL, "holder" varchar(120) NOT NULL, "held_until" datetime NULL, "is_done" bool NOT NULL, "rebuild_id" bigint NOT NULL REFERENCES "search_indexrebuild" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "search_pagewords" ("group" bigint NOT NULL PRIMARY KEY, "locale" varchar(20) NOT NULL, "words" text NOT NULL);
CREATE TABLE "search_wordcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "locale" varchar(20) NOT NULL, "start" varchar(2) NOT NULL, "word" varchar(40) NOT NULL, "pages" integer unsigned NOT NULL CHECK ("pages" >= 0), CONSTRAINT "one_count_per_word" UNIQUE ("locale", "word"));
CREATE TABLE "search_outboxentry" ("seq" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page_id" bigint NOT NULL, "operation" varchar(8) NOT NULL, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "next_at" datetime NOT NULL, "error" text NOT NULL, "created_at" datetime NOT NULL, "pages" text DEFAULT '[]' NOT NULL CHECK ((JSON_VALID("pages") OR "pages" IS NULL)));
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "tenancy_translatorgroup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL UNIQUE REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NOT NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "tenancy_one_translator_group" UNIQUE ("space_id", "locale_id"));
CREATE TABLE "tenancy_portalsettings" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "territory" varchar(80) NOT NULL, "site_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_email" varchar(254) DEFAULT '' NOT NULL);
CREATE TABLE "tenancy_space" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(12) NOT NULL, "name" varchar(200) NOT NULL, "slug" varchar(80) NOT NULL UNIQUE, "administrators_id" integer NOT NULL UNIQUE REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "collection_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "editors_id" integer NOT NULL UNIQUE REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "reviewers_id" integer NOT NULL UNIQUE REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED, "suspended_on" date NULL, "suspension_reason" text DEFAULT '' NOT NULL);
CREATE TABLE "usersessions_usersession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "ip" char(39) NOT NULL, "last_seen_at" datetime NOT NULL, "session_key" varchar(40) NOT NULL UNIQUE, "user_agent" varchar(200) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailadmin_admin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT);
CREATE TABLE "wagtailadmin_editingsession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(255) NOT NULL, "last_seen_at" datetime NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_editing" bool NOT NULL);
CREATE TABLE "wagtailadmin_formstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data" text NOT NULL, "object_id" varchar(255) NOT NULL, "parent_object_id" varchar(255) NOT NULL, "last_updated_at" datetime NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtaildocs_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "created_at" datetime NOT NULL, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "file_hash" varchar(40) NOT NULL, "file_size" bigint unsigned NULL CHECK ("file_size" >= 0));
CREATE TABLE "wagtailembeds_embed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" text NOT NULL, "max_width" smallint NULL, "type" varchar(10) NOT NULL, "html" text NOT NULL, "title" text NOT NULL, "author_name" text NOT NULL, "provider_name" text NOT NULL, "width" integer NULL, "height" integer NULL, "last_updated" datetime NOT NULL, "hash" varchar(32) NOT NULL UNIQUE, "thumbnail_url" text NOT NULL, "cache_until" datetime NULL);
CREATE TABLE "wagtailimages_rendition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "width" integer NOT NULL, "height" integer NOT NULL, "focal_point_key" varchar(16) NOT NULL, "filter_spec" varchar(255) NOT NULL, "image_id" integer NOT NULL REFERENCES "wagtailimages_image" ("id") DEFERRABLE INITIALLY DEFERRED, "file" varchar(100) NOT NULL);
CREATE TABLE "wagtailimages_image" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "created_at" datetime NOT NULL, "focal_point_x" integer unsigned NULL CHECK ("focal_point_x" >= 0), "focal_point_y" integer unsigned NULL CHECK ("focal_point_y" >= 0), "focal_point_width" integer unsigned NULL CHECK ("focal_point_width" >= 0), "focal_point_height" integer unsigned NULL CHECK ("focal_point_height" >= 0), "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "file_size" integer unsigned NULL CHECK ("file_size" >= 0), "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "file_hash" varchar(40) NOT NULL, "description" varchar(255) NOT NULL);
CREATE TABLE "wagtailredirects_redirect" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "old_path" varchar(255) NOT NULL, "is_permanent" bool NOT NULL, "redirect_link" varchar(255) NOT NULL, "redirect_page_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "site_id" integer NULL REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED, "automatically_created" bool NOT NULL, "created_at" datetime NULL, "redirect_page_route_path" varchar(255) NOT NULL);
CREATE TABLE "wagtailsearch_indexentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(50) NOT NULL, "title_norm" real NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "autocomplete" text NULL, "body" text NULL, "title" text NOT NULL);
CREATE VIRTUAL TABLE wagtailsearch_indexentry_fts USING fts5(autocomplete, body, title);
CREATE TABLE "word_lists_wordlistversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "word_list" varchar(20) NOT NULL, "additions" text NOT NULL, "removals" text NOT NULL, "source" varchar(200) NOT NULL, "changed_at" datetime NOT NULL, "changed_by_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "space_id" bigint NULL REFERENCES "tenancy_space" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "django_migrations" VALUES
(1, 'contenttypes', '0001_initial', '2026-11-30 17:47:17.153179'),
(2, 'auth', '0001_initial', '2026-11-30 17:47:17.192356'),
(3, 'contenttypes', '0002_remove_content_type_name', '2026-11-30 17:47:17.242731'),
(4, 'auth', '0002_alter_permission_name_max_length', '2026-11-30 17:47:17.251942'),
(5, 'auth', '0003_alter_user_email_max_length', '2026-11-30 17:47:17.264254'),
(6, 'auth', '0004_alter_user_username_opts', '2026-11-30 17:47:17.276482'),
(7, 'auth', '0005_alter_user_last_login_null', '2026-11-30 17:47:17.284710'),
(8, 'auth', '0006_require_contenttypes_0002', '2026-11-30 17:47:17.285280'),
(9, 'auth', '0007_alter_validators_add_error_messages', '2026-11-30 17:47:17.292990'),
(10, 'auth', '0008_alter_user_username_max_length', '2026-11-30 17:47:17.309045'),
(11, 'auth', '0009_alter_user_last_name_max_length', '2026-11-30 17:47:17.317012'),
(12, 'auth', '0010_alter_group_name_max_length', '2026-11-30 17:47:17.332027'),
(13, 'auth', '0011_update_proxy_permissions', '2026-11-30 17:47:17.349745'),
(14, 'auth', '0012_alter_user_first_name_max_length', '2026-11-30 17:47:17.353712'),
(15, 'accounts', '0001_initial', '2026-11-30 17:47:17.373627'),
(16, 'wagtailcore', '0001_initial', '2026-11-30 17:47:17.731470'),
(17, 'wagtailcore', '0002_initial_data', '2026-11-30 17:47:17.731864'),
(18, 'wagtailcore', '0003_add_uniqueness_constraint_on_group_page_permission', '2026-11-30 17:47:17.732099'),
(19, 'wagtailcore', '0004_page_locked', '2026-11-30 17:47:17.732335'),
(20, 'wagtailcore', '0005_add_page_lock_permission_to_moderators', '2026-11-30 17:47:17.732550'),
(21, 'wagtailcore', '0006_add_lock_page_permission', '2026-11-30 17:47:17.732757'),
(22, 'wagtailcore', '0007_page_latest_revision_created_at', '2026-11-30 17:47:17.732943'),
(23, 'wagtailcore', '0008_populate_latest_revision_created_at', '2026-11-30 17:47:17.733123'),
(24, 'wagtailcore', '0009_remove_auto_now_add_from_pagerevision_created_at', '2026-11-30 17:47:17.733323'),
(25, 'wagtailcore', '0010_change_page_owner_to_null_on_delete', '2026-11-30 17:47:17.733616'),
(26, 'wagtailcore', '0011_page_first_published_at', '2026-11-30 17:47:17.733848'),
(27, 'wagtailcore', '0012_extend_page_slug_field', '2026-11-30 17:47:17.738338'),
(28, 'wagtailcore', '0013_update_golive_expire_help_text', '2026-11-30 17:47:17.738668'),
(29, 'wagtailcore', '0014_add_verbose_name', '2026-11-30 17:47:17.738903'),
(30, 'wagtailcore', '0015_add_more_verbose_names', '2026-11-30 17:47:17.739114'),
(31, 'wagtailcore', '0016_change_page_url_path_to_text_field', '2026-11-30 17:47:17.739309'),
(32, 'wagtailcore', '0001_squashed_0016_change_page_url_path_to_text_field', '2026-11-30 17:47:17.739507'),
(33, 'wagtailcore', '0017_change_edit_page_permission_description', '2026-11-30 17:47:17.771370'),
(34, 'wagtailcore', '0018_pagerevision_submitted_for_moderation_index', '2026-11-30 17:47:17.819868'),
(35, 'wagtailcore', '0019_verbose_names_cleanup', '2026-11-30 17:47:17.946117'),
(36, 'wagtailcore', '0020_add_index_on_page_first_published_at', '2026-11-30 17:47:17.980719'),
(37, 'wagtailcore', '0021_capitalizeverbose', '2026-11-30 17:47:18.923104'),
(38, 'wagtailcore', '0022_add_site_name', '2026-11-30 17:47:18.962969'),
(39, 'wagtailcore', '0023_alter_page_revision_on_delete_behaviour', '2026-11-30 17:47:19.015390'),
(40, 'wagtailcore', '0024_collection', '2026-11-30 17:47:19.027033'),
(41, 'wagtailcore', '0025_collection_initial_data', '2026-11-30 17:47:19.083872'),
(42, 'wagtailcore', '0026_group_collection_permission', '2026-11-30 17:47:19.174983'),
(43, 'wagtailcore', '0027_fix_collection_path_collation', '2026-11-30 17:47:19.229811'),
(44, 'wagtailcore', '0024_alter_page_content_type_on_delete_behaviour', '2026-11-30 17:47:19.294698'),
(45, 'wagtailcore', '0028_merge', '2026-11-30 17:47:19.295967'),
(46, 'wagtailcore', '0029_unicode_slugfield_dj19', '2026-11-30 17:47:19.357887'),
(47, 'wagtailcore', '0030_index_on_pagerevision_created_at', '2026-11-30 17:47:19.428208'),
(48, 'wagtailcore', '0031_add_page_view_restriction_types', '2026-11-30 17:47:19.621271'),
(49, 'wagtailcore', '0032_add_bulk_delete_page_permission', '2026-11-30 17:47:19.673102'),
(50, 'wagtailcore', '0033_remove_golive_expiry_help_text', '2026-11-30 17:47:19.774801'),
(51, 'wagtailcore', '0034_page_live_revision', '2026-11-30 17:47:19.838532'),
(52, 'wagtailcore', '0035_page_last_published_at', '2026-11-30 17:47:19.884921'),
(53, 'wagtailcore', '0036_populate_page_last_published_at', '2026-11-30 17:47:19.953386'),
(54, 'wagtailcore', '0037_set_page_owner_editable', '2026-11-30 17:47:20.022532'),
(55, 'wagtailcore', '0038_make_first_published_at_editable', '2026-11-30 17:47:20.080301'),
(56, 'wagtailcore', '0039_collectionviewrestriction', '2026-11-30 17:47:20.205584'),
(57, 'wagtailcore', '0040_page_draft_title', '2026-11-30 17:47:20.347595'),
(58, 'wagtailcore', '0041_group_collection_permissions_verbose_name_plural', '2026-11-30 17:47:20.388958'),
(59, 'wagtailcore', '0042_index_on_pagerevision_approved_go_live_at', '2026-11-30 17:47:20.455767'),
(60, 'wagtailcore', '0043_lock_fields', '2026-11-30 17:47:20.575157'),
(61, 'wagtailcore', '0044_add_unlock_grouppagepermission', '2026-11-30 17:47:20.627465'),
(62, 'wagtailcore', '0045_assign_unlock_grouppagepermission', '2026-11-30 17:47:20.707258'),
(63, 'wagtailcore', '0046_site_name_remove_null', '2026-11-30 17:47:20.781520'),
(64, 'wagtailcore', '0047_add_workflow_models', '2026-11-30 17:47:21.351331'),
(65, 'wagtailcore', '0048_add_default_workflows', '2026-11-30 17:47:21.881274'),
(66, 'wagtailcore', '0049_taskstate_finished_by', '2026-11-30 17:47:21.949476'),
(67, 'wagtailcore', '0050_workflow_rejected_to_needs_changes', '2026-11-30 17:47:22.171531'),
(68, 'wagtailcore', '0051_taskstate_comment', '2026-11-30 17:47:22.241052'),
(69, 'wagtailcore', '0052_pagelogentry', '2026-11-30 17:47:22.317882'),
(70, 'wagtailcore', '0053_locale_model', '2026-11-30 17:47:22.319911'),
(71, 'wagtailcore', '0054_initial_locale', '2026-11-30 17:47:22.387579'),
(72, 'wagtailcore', '0055_page_locale_fields', '2026-11-30 17:47:22.614876'),
(73, 'wagtailcore', '0056_page_locale_fields_populate', '2026-11-30 17:47:22.685949'),
(74, 'wagtailcore', '0057_page_locale_fields_notnull', '2026-11-30 17:47:22.848297'),
(75, 'wagtailcore', '0058_page_alias_of', '2026-11-30 17:47:22.938851'),
(76, 'wagtailcore', '0059_apply_collection_ordering', '2026-11-30 17:47:23.019649'),
(77, 'wagtailcore', '0060_fix_workflow_unique_constraint', '2026-11-30 17:47:23.130859'),
(78, 'wagtailcore', '0061_change_promote_tab_helpt_text_and_verbose_names', '2026-11-30 17:47:23.219742'),
(79, 'wagtailcore', '0062_comment_models_and_pagesubscription', '2026-11-30 17:47:23.425182'),
(80, 'wagtailcore', '0063_modellogentry', '2026-11-30 17:47:23.511040'),
(81, 'wagtailcore', '0064_log_timestamp_indexes', '2026-11-30 17:47:23.649286'),
(82, 'wagtailcore', '0065_log_entry_uuid', '2026-11-30 17:47:23.775830'),
(83, 'wagtailcore', '0066_collection_management_permissions', '2026-11-30 17:47:23.885996'),
(84, 'wagtailcore', '0067_alter_pagerevision_content_json', '2026-11-30 17:47:24.050121'),
(85, 'wagtailcore', '0068_log_entry_empty_object', '2026-11-30 17:47:24.139271'),
(86, 'wagtailcore', '0069_log_entry_jsonfield', '2026-11-30 17:47:24.437165'),
(87, 'wagtailcore', '0070_rename_pagerevision_revision', '2026-11-30 17:47:25.249415'),
(88, 'wagtailcore', '0071_populate_revision_content_type', '2026-11-30 17:47:25.343035'),
(89, 'wagtailcore', '0072_alter_revision_content_type_notnull', '2026-11-30 17:47:25.561252'),
(90, 'wagtailcore', '0073_page_latest_revision', '2026-11-30 17:47:25.668943'),
(91, 'wagtailcore', '0074_revision_object_str', '2026-11-30 17:47:25.782330'),
(92, 'wagtailcore', '0075_populate_latest_revision_and_revision_object_str', '2026-11-30 17:47:26.646687'),
(93, 'wagtailcore', '0076_modellogentry_revision', '2026-11-30 17:47:26.747757'),
(94, 'wagtailcore', '0077_alter_revision_user', '2026-11-30 17:47:26.855543'),
(95, 'wagtailcore', '0078_referenceindex', '2026-11-30 17:47:26.991394'),
(96, 'wagtailcore', '0079_rename_taskstate_page_revision', '2026-11-30 17:47:27.123364'),
(97, 'wagtailcore', '0080_generic_workflowstate', '2026-11-30 17:47:27.943325'),
(98, 'wagtailcore', '0081_populate_workflowstate_content_type', '2026-11-30 17:47:28.077084'),
(99, 'wagtailcore', '0082_alter_workflowstate_content_type_notnull', '2026-11-30 17:47:28.428325'),
(100, 'wagtailcore', '0083_workflowcontenttype', '2026-11-30 17:47:28.584361'),
(101, 'wagtailcore', '0084_add_default_page_permissions', '2026-11-30 17:47:28.696879'),
(102, 'wagtailcore', '0085_add_grouppagepermission_permission', '2026-11-30 17:47:28.936035'),
(103, 'wagtailcore', '0086_populate_grouppagepermission_permission', '2026-11-30 17:47:29.248258'),
(104, 'wagtailcore', '0087_alter_grouppagepermission_unique_together_and_more', '2026-11-30 17:47:29.733890'),
(105, 'wagtailcore', '0088_fix_log_entry_json_timestamps', '2026-11-30 17:47:30.101316'),
(106, 'wagtailcore', '0089_log_entry_data_json_null_to_object', '2026-11-30 17:47:30.245335'),
(107, 'wagtailcore', '0090_remove_grouppagepermission_permission_type', '2026-11-30 17:47:30.736284'),
(108, 'wagtailcore', '0091_remove_revision_submitted_for_moderation', '2026-11-30 17:47:30.851363'),
(109, 'wagtailcore', '0092_alter_collectionviewrestriction_password_and_more', '2026-11-30 17:47:31.131195'),
(110, 'wagtailcore', '0093_uploadedfile', '2026-11-30 17:47:31.279395'),
(111, 'wagtailcore', '0094_alter_page_locale', '2026-11-30 17:47:31.408863'),
(112, 'wagtailcore', '0095_groupsitepermission', '2026-11-30 17:47:31.548278'),
(113, 'wagtailcore', '0096_referenceindex_referenceindex_source_object_and_more', '2026-11-30 17:47:31.674802'),
(114, 'wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes', '2026-11-30 17:47:31.870904'),
(115, 'wagtailcore', '0098_apitoken', '2026-11-30 17:47:32.656772'),
(116, 'wagtail_localize', '0001_initial', '2026-11-30 17:47:33.634440'),
(117, 'wagtail_localize', '0002_translation', '2026-11-30 17:47:33.774828'),
(118, 'wagtail_localize', '0003_delete_translation_sources', '2026-11-30 17:47:33.900616'),
(119, 'wagtail_localize', '0004_one_source_per_objectlocale', '2026-11-30 17:47:34.168959'),
(120, 'wagtail_localize', '0005_remove_translationsource_object', '2026-11-30 17:47:34.379367'),
(121, 'wagtail_localize', '0006_create_submit_translation_permission', '2026-11-30 17:47:34.515494'),
(122, 'wagtail_localize', '0007_stringtranslation_type_and_tool_name', '2026-11-30 17:47:34.632421'),
(123, 'wagtail_localize', '0008_stringtranslation_last_translated_by', '2026-11-30 17:47:34.759112'),
(124, 'wagtail_localize', '0009_stringtranslation_errors', '2026-11-30 17:47:34.965405'),
(125, 'wagtail_localize', '0010_overridablesegment', '2026-11-30 17:47:35.099343'),
(126, 'wagtail_localize', '0011_segmentoverride', '2026-11-30 17:47:35.247876'),
(127, 'wagtail_localize', '0012_localesynchronization', '2026-11-30 17:47:35.391205'),
(128, 'wagtail_localize', '0013_translationsource_schema_version', '2026-11-30 17:47:35.491522'),
(129, 'wagtail_localize', '0014_remove_translation_source_last_updated_at', '2026-11-30 17:47:35.561705'),
(130, 'wagtail_localize', '0015_translationcontext_field_path', '2026-11-30 17:47:35.629388'),
(131, 'wagtail_localize', '0016_rename_page_revision_translationlog_revision', '2026-11-30 17:47:35.733274'),
(132, 'abierto_translations', '0001_translated_sources', '2026-11-30 17:47:35.873969'),
(133, 'abierto_translations', '0002_machine_made_texts', '2026-11-30 17:47:35.944514'),
(134, 'account', '0001_initial', '2026-11-30 17:47:36.185255'),
(135, 'account', '0002_email_max_length', '2026-11-30 17:47:36.273795'),
(136, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2026-11-30 17:47:36.442895'),
(137, 'account', '0004_alter_emailaddress_drop_unique_email', '2026-11-30 17:47:36.522473'),
(138, 'account', '0005_emailaddress_idx_upper_email', '2026-11-30 17:47:36.580452'),
(139, 'account', '0006_emailaddress_lower', '2026-11-30 17:47:37.341849'),
(140, 'account', '0007_emailaddress_idx_email', '2026-11-30 17:47:37.495243'),
(141, 'account', '0008_emailaddress_unique_primary_email_fixup', '2026-11-30 17:47:37.632111'),
(142, 'account', '0009_emailaddress_unique_primary_email', '2026-11-30 17:47:37.703129'),
(143, 'wagtailusers', '0001_initial', '2026-11-30 17:47:37.844175'),
(144, 'wagtailusers', '0002_add_verbose_name_on_userprofile', '2026-11-30 17:47:38.099858'),
(145, 'wagtailusers', '0003_add_verbose_names', '2026-11-30 17:47:38.215294'),
(146, 'wagtailusers', '0004_capitalizeverbose', '2026-11-30 17:47:38.617428'),
(147, 'wagtailusers', '0005_make_related_name_wagtail_specific', '2026-11-30 17:47:38.774486'),
(148, 'wagtailusers', '0006_userprofile_prefered_language', '2026-11-30 17:47:38.915809'),
(149, 'wagtailusers', '0007_userprofile_current_time_zone', '2026-11-30 17:47:39.067712'),
(150, 'wagtailusers', '0008_userprofile_avatar', '2026-11-30 17:47:39.199951'),
(151, 'wagtailusers', '0009_userprofile_verbose_name_plural', '2026-11-30 17:47:39.314988'),
(152, 'wagtailusers', '0010_userprofile_updated_comments_notifications', '2026-11-30 17:47:39.447067'),
(153, 'wagtailusers', '0011_userprofile_dismissibles', '2026-11-30 17:47:39.593104'),
(154, 'wagtailusers', '0012_userprofile_theme', '2026-11-30 17:47:39.747224'),
(155, 'wagtailusers', '0013_userprofile_density', '2026-11-30 17:47:39.900531'),
(156, 'wagtailusers', '0014_userprofile_contrast', '2026-11-30 17:47:40.050625'),
(157, 'wagtailusers', '0015_userprofile_keyboard_shortcuts', '2026-11-30 17:47:40.141835'),
(158, 'accounts', '0002_spanish_of_the_admin', '2026-11-30 17:47:40.287298'),
(159, 'taggit', '0001_initial', '2026-11-30 17:47:40.433255'),
(160, 'wagtailimages', '0001_initial', '2026-11-30 17:47:41.138973'),
(161, 'wagtailimages', '0002_initial_data', '2026-11-30 17:47:41.139544'),
(162, 'wagtailimages', '0003_fix_focal_point_fields', '2026-11-30 17:47:41.139890'),
(163, 'wagtailimages', '0004_make_focal_point_key_not_nullable', '2026-11-30 17:47:41.140133'),
(164, 'wagtailimages', '0005_make_filter_spec_unique', '2026-11-30 17:47:41.140334'),
(165, 'wagtailimages', '0006_add_verbose_names', '2026-11-30 17:47:41.140522'),
(166, 'wagtailimages', '0007_image_file_size', '2026-11-30 17:47:41.140789'),
(167, 'wagtailimages', '0008_image_created_at_index', '2026-11-30 17:47:41.140998'),
(168, 'wagtailimages', '0009_capitalizeverbose', '2026-11-30 17:47:41.141185'),
(169, 'wagtailimages', '0010_change_on_delete_behaviour', '2026-11-30 17:47:41.141462'),
(170, 'wagtailimages', '0011_image_collection', '2026-11-30 17:47:41.141814'),
(171, 'wagtailimages', '0012_copy_image_permissions_to_collections', '2026-11-30 17:47:41.148823'),
(172, 'wagtailimages', '0013_make_rendition_upload_callable', '2026-11-30 17:47:41.149283'),
(173, 'wagtailimages', '0014_add_filter_spec_field', '2026-11-30 17:47:41.149660'),
(174, 'wagtailimages', '0015_fill_filter_spec_field', '2026-11-30 17:47:41.150149'),
(175, 'wagtailimages', '0016_deprecate_rendition_filter_relation', '2026-11-30 17:47:41.150420'),
(176, 'wagtailimages', '0017_reduce_focal_point_key_max_length', '2026-11-30 17:47:41.150781'),
(177, 'wagtailimages', '0018_remove_rendition_filter', '2026-11-30 17:47:41.151102'),
(178, 'wagtailimages', '0019_delete_filter', '2026-11-30 17:47:41.151333'),
(179, 'wagtailimages', '0020_add-verbose-name', '2026-11-30 17:47:41.151585'),
(180, 'wagtailimages', '0021_image_file_hash', '2026-11-30 17:47:41.151858'),
(181, 'wagtailimages', '0001_squashed_0021', '2026-11-30 17:47:41.152064'),
(182, 'wagtaildocs', '0001_initial', '2026-11-30 17:47:41.352047'),
(183, 'wagtaildocs', '0002_initial_data', '2026-11-30 17:47:41.572266'),
(184, 'wagtailadmin', '0001_create_admin_access_permissions', '2026-11-30 17:47:41.854378'),
(185, 'tenancy', '0001_initial', '2026-11-30 17:47:43.585549'),
(186, 'tenancy', '0002_retire_stock_groups', '2026-11-30 17:47:43.793404'),
(187, 'tenancy', '0003_name_the_roots', '2026-11-30 17:47:43.980857'),
(188, 'tenancy', '0004_portal_contact_email', '2026-11-30 17:47:44.030283'),
(189, 'registry', '0001_initial', '2026-11-30 17:47:44.270875'),
(190, 'registry', '0002_initial', '2026-11-30 17:47:50.009096'),
(191, 'registry', '0003_closed_list_of_goals', '2026-11-30 17:47:50.624616'),
(192, 'registry', '0004_institution_space', '2026-11-30 17:47:50.855954'),
(193, 'registry', '0005_institution_contact', '2026-11-30 17:47:51.843395'),
(194, 'spaces', '0001_municipalities', '2026-11-30 17:47:52.636054'),
(195, 'approval', '0001_initial', '2026-11-30 17:47:55.213918'),
(197, 'approval', '0003_warningconfirmation', '2026-11-30 17:47:55.773516'),
(198, 'approval', '0004_reviewtask_lender', '2026-11-30 17:47:56.017069'),
(199, 'spaces', '0002_review_agreements', '2026-11-30 17:47:56.367301'),
(200, 'registry', '0006_municipality_facts', '2026-11-30 17:47:56.893284'),
(201, 'registry', '0007_step_lists', '2026-11-30 17:47:58.215414'),
(202, 'registry', '0008_declared_figures', '2026-11-30 17:47:58.461937'),
(203, 'registry', '0009_official_contacts', '2026-11-30 17:47:58.713682'),
(204, 'registry', '0010_administration_periods', '2026-11-30 17:47:59.375689'),
(205, 'tenancy', '0005_suspended_spaces', '2026-11-30 17:47:59.720352'),
(206, 'acts', '0001_suspensions', '2026-11-30 17:47:59.926895'),
(207, 'acts', '0002_administrations_and_handovers', '2026-11-30 17:48:00.476221'),
(208, 'board', '0001_site_checks', '2026-11-30 17:48:00.788249'),
(209, 'bundles', '0001_initial', '2026-11-30 17:48:01.942152'),
(210, 'bundles', '0002_prepared_bundles', '2026-11-30 17:48:02.851196'),
(211, 'deadlines', '0001_initial', '2026-11-30 17:48:03.117500'),
(212, 'deadlines', '0002_observation_notices', '2026-11-30 17:48:03.144616'),
(213, 'delegation', '0001_initial', '2026-11-30 17:48:03.392530'),
(214, 'django_tasks_database', '0001_initial', '2026-11-30 17:48:03.411343'),
(215, 'django_tasks_database', '0002_alter_dbtaskresult_options', '2026-11-30 17:48:03.425211'),
(216, 'django_tasks_database', '0003_dbtaskresult_enqueued_at_dbtaskresult_finished_at', '2026-11-30 17:48:03.485665'),
(217, 'django_tasks_database', '0004_dbtaskresult_started_at', '2026-11-30 17:48:03.505717'),
(218, 'django_tasks_database', '0005_alter_dbtaskresult_priority_and_more', '2026-11-30 17:48:03.585177'),
(219, 'django_tasks_database', '0006_alter_dbtaskresult_args_kwargs_and_more', '2026-11-30 17:48:03.705052'),
(220, 'django_tasks_database', '0007_add_separate_results_fields', '2026-11-30 17:48:03.739372'),
(221, 'django_tasks_database', '0008_separate_results_field', '2026-11-30 17:48:03.965053'),
(222, 'django_tasks_database', '0009_remove_results_field', '2026-11-30 17:48:04.003367'),
(223, 'django_tasks_database', '0010_alter_dbtaskresult_status', '2026-11-30 17:48:04.037925'),
(224, 'django_tasks_database', '0011_rename_complete_status', '2026-11-30 17:48:04.268228'),
(225, 'django_tasks_database', '0012_add_separate_exception_fields', '2026-11-30 17:48:04.351441'),
(226, 'django_tasks_database', '0013_separate_exception_fields', '2026-11-30 17:48:04.480240'),
(227, 'django_tasks_database', '0014_remove_dbtaskresult_exception_data', '2026-11-30 17:48:04.504889'),
(228, 'django_tasks_database', '0015_correctly_order_run_after', '2026-11-30 17:48:04.526949'),
(229, 'django_tasks_database', '0016_remove_dbtaskresult_django_task_new_ordering_idx_and_more', '2026-11-30 17:48:04.841056'),
(230, 'django_tasks_database', '0017_dbtaskresult_metadata', '2026-11-30 17:48:04.921397'),
(231, 'django_tasks_database', '0018_rename_succeeded_status', '2026-11-30 17:48:05.199611'),
(232, 'django_tasks_database', '0019_rename_django_task_new_ordering_idx_tasks_db_new_ordering_idx_and_more', '2026-11-30 17:48:05.329757'),
(233, 'django_tasks_database', '0020_update_db_task_result_ordering', '2026-11-30 17:48:05.399203'),
(234, 'django_tasks_database', '0021_conditional_partial_index_ordering', '2026-11-30 17:48:05.434858'),
(235, 'guest_links', '0001_initial', '2026-11-30 17:48:05.711940'),
(236, 'imports', '0001_batches', '2026-11-30 17:48:06.275743'),
(237, 'imports', '0002_rows_of_the_registry', '2026-11-30 17:48:07.692365'),
(238, 'jobs', '0001_last_run_of_each_job', '2026-11-30 17:48:07.701212'),
(239, 'taggit', '0002_auto_20150616_2121', '2026-11-30 17:48:07.780582'),
(240, 'taggit', '0003_taggeditem_add_unique_index', '2026-11-30 17:48:07.889516'),
(241, 'taggit', '0004_alter_taggeditem_content_type_alter_taggeditem_tag', '2026-11-30 17:48:08.447096'),
(242, 'taggit', '0005_auto_20220424_2025', '2026-11-30 17:48:08.742446'),
(243, 'taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx', '2026-11-30 17:48:08.904411'),
(244, 'media', '0001_initial', '2026-11-30 17:48:09.148403'),
(245, 'media', '0002_initial', '2026-11-30 17:48:12.538241'),
(246, 'media', '0003_filereading', '2026-11-30 17:48:12.801537'),
(247, 'media', '0004_filetext', '2026-11-30 17:48:13.036337'),
(248, 'mfa', '0001_initial', '2026-11-30 17:48:13.272876'),
(249, 'mfa', '0002_authenticator_timestamps', '2026-11-30 17:48:13.524279'),
(250, 'mfa', '0003_authenticator_type_uniq', '2026-11-30 17:48:13.859051'),
(251, 'microsite_copies', '0001_copies', '2026-11-30 17:48:14.072101'),
(252, 'registry', '0011_steps_of_trees_and_matrices', '2026-11-30 17:48:14.320411'),
(253, 'pages', '0001_initial', '2026-11-30 17:48:17.539569'),
(254, 'pages', '0002_initial', '2026-11-30 17:48:25.724492'),
(255, 'pages', '0003_link_institutions_to_spaces', '2026-11-30 17:48:26.068386'),
(256, 'pages', '0004_what_is_known', '2026-11-30 17:48:32.221800'),
(257, 'pages', '0005_municipality_pages', '2026-11-30 17:48:32.815536'),
(258, 'pages', '0006_versions_of_spaces', '2026-11-30 17:48:32.861763'),
(259, 'pages', '0007_plan_level', '2026-11-30 17:48:32.932081'),
(260, 'pages', '0008_rulings', '2026-11-30 17:48:35.190940'),
(261, 'pages', '0009_sessions_that_work', '2026-11-30 17:48:38.079314'),
(262, 'pages', '0010_participation_and_practices', '2026-11-30 17:48:41.307613'),
(263, 'pages', '0011_closing_a_plan', '2026-11-30 17:48:41.906929'),
(264, 'pages', '0012_guide_of_rulings', '2026-11-30 17:48:42.348761'),
(265, 'pages', '0013_easy_read_record', '2026-11-30 17:48:42.967950'),
(266, 'pages', '0014_roadmaps', '2026-11-30 17:48:44.930267'),
(267, 'pages', '0015_first_part_of_rulings', '2026-11-30 17:48:45.219711'),
(268, 'pages', '0016_continued_plans', '2026-11-30 17:48:46.396922'),
(269, 'pages', '0017_results_matrices', '2026-11-30 17:48:50.700419'),
(270, 'pages', '0018_observations', '2026-11-30 17:48:52.242500'),
(271, 'pages', '0019_defaults_of_the_database', '2026-11-30 17:49:05.312085'),
(272, 'redactions', '0001_initial', '2026-11-30 17:49:05.516513'),
(273, 'registry', '0012_defaults_of_the_database', '2026-11-30 17:49:06.351324'),
(274, 'registry', '0013_harvested_records', '2026-11-30 17:49:06.588947'),
(275, 'registry', '0014_default_of_data_url', '2026-11-30 17:49:06.655052'),
(276, 'retention', '0001_proposals', '2026-11-30 17:49:07.167390'),
(277, 'ruling_desk', '0001_batches', '2026-11-30 17:49:07.687197'),
(278, 'search', '0001_initial', '2026-11-30 17:49:07.891016'),
(279, 'search', '0002_initial', '2026-11-30 17:49:08.122823'),
(280, 'search', '0003_fingerprints_rebuilds_and_worker', '2026-11-30 17:49:08.173772'),
(281, 'search', '0004_words_of_pages_and_their_counts', '2026-11-30 17:49:08.181581'),
(282, 'search', '0005_defaults_of_the_database', '2026-11-30 17:49:08.202465'),
(283, 'sessions', '0001_initial', '2026-11-30 17:49:08.208483'),
(284, 'tenancy', '0006_translator_groups', '2026-11-30 17:49:08.570008'),
(285, 'tenancy', '0007_defaults_of_the_database', '2026-11-30 17:49:08.696861'),
(286, 'usersessions', '0001_initial', '2026-11-30 17:49:08.869600'),
(287, 'wagtailadmin', '0002_admin', '2026-11-30 17:49:08.874112'),
(288, 'wagtailadmin', '0003_admin_managed', '2026-11-30 17:49:08.880492'),
(289, 'wagtailadmin', '0004_editingsession', '2026-11-30 17:49:09.042746'),
(290, 'wagtailadmin', '0005_editingsession_is_editing', '2026-11-30 17:49:09.121074'),
(291, 'wagtailadmin', '0006_formstate', '2026-11-30 17:49:09.308870'),
(292, 'wagtaildocs', '0003_add_verbose_names', '2026-11-30 17:49:09.574402'),
(293, 'wagtaildocs', '0004_capitalizeverbose', '2026-11-30 17:49:10.323281'),
(294, 'wagtaildocs', '0005_document_collection', '2026-11-30 17:49:10.502689'),
(295, 'wagtaildocs', '0006_copy_document_permissions_to_collections', '2026-11-30 17:49:10.685522'),
(296, 'wagtaildocs', '0005_alter_uploaded_by_user_on_delete_action', '2026-11-30 17:49:10.872860'),
(297, 'wagtaildocs', '0007_merge', '2026-11-30 17:49:10.875174'),
(298, 'wagtaildocs', '0008_document_file_size', '2026-11-30 17:49:10.940474'),
(299, 'wagtaildocs', '0009_document_verbose_name_plural', '2026-11-30 17:49:11.004743'),
(300, 'wagtaildocs', '0010_document_file_hash', '2026-11-30 17:49:11.350301'),
(301, 'wagtaildocs', '0011_add_choose_permissions', '2026-11-30 17:49:11.727326'),
(302, 'wagtaildocs', '0012_uploadeddocument', '2026-11-30 17:49:11.891755'),
(303, 'wagtaildocs', '0013_delete_uploadeddocument', '2026-11-30 17:49:11.895598'),
(304, 'wagtaildocs', '0014_alter_document_file_size', '2026-11-30 17:49:11.973233'),
(305, 'wagtailembeds', '0001_initial', '2026-11-30 17:49:11.986541'),
(306, 'wagtailembeds', '0002_add_verbose_names', '2026-11-30 17:49:12.001237'),
(307, 'wagtailembeds', '0003_capitalizeverbose', '2026-11-30 17:49:12.008350'),
(308, 'wagtailembeds', '0004_embed_verbose_name_plural', '2026-11-30 17:49:12.015582'),
(309, 'wagtailembeds', '0005_specify_thumbnail_url_max_length', '2026-11-30 17:49:12.039867'),
(310, 'wagtailembeds', '0006_add_embed_hash', '2026-11-30 17:49:12.063915'),
(311, 'wagtailembeds', '0007_populate_hash', '2026-11-30 17:49:12.285760'),
(312, 'wagtailembeds', '0008_allow_long_urls', '2026-11-30 17:49:12.422724'),
(313, 'wagtailembeds', '0009_embed_cache_until', '2026-11-30 17:49:12.438543'),
(314, 'wagtailimages', '0022_uploadedimage', '2026-11-30 17:49:12.625154'),
(315, 'wagtailimages', '0023_add_choose_permissions', '2026-11-30 17:49:13.382383'),
(316, 'wagtailimages', '0024_index_image_file_hash', '2026-11-30 17:49:13.548814'),
(317, 'wagtailimages', '0025_alter_image_file_alter_rendition_file', '2026-11-30 17:49:13.695933'),
(318, 'wagtailimages', '0026_delete_uploadedimage', '2026-11-30 17:49:13.703001'),
(319, 'wagtailimages', '0027_image_description', '2026-11-30 17:49:13.783552'),
(320, 'wagtailredirects', '0001_initial', '2026-11-30 17:49:14.015535'),
(321, 'wagtailredirects', '0002_add_verbose_names', '2026-11-30 17:49:14.265231'),
(322, 'wagtailredirects', '0003_make_site_field_editable', '2026-11-30 17:49:14.671687'),
(323, 'wagtailredirects', '0004_set_unique_on_path_and_site', '2026-11-30 17:49:14.846734'),
(324, 'wagtailredirects', '0005_capitalizeverbose', '2026-11-30 17:49:15.851885'),
(325, 'wagtailredirects', '0006_redirect_increase_max_length', '2026-11-30 17:49:15.962621'),
(326, 'wagtailredirects', '0007_add_autocreate_fields', '2026-11-30 17:49:18.269882'),
(327, 'wagtailredirects', '0008_add_verbose_name_plural', '2026-11-30 17:49:18.442203'),
(328, 'wagtailsearch', '0001_initial', '2026-11-30 17:49:19.221036'),
(329, 'wagtailsearch', '0002_add_verbose_names', '2026-11-30 17:49:19.978494'),
(330, 'wagtailsearch', '0003_remove_editors_pick', '2026-11-30 17:49:19.980523'),
(331, 'wagtailsearch', '0004_querydailyhits_verbose_name_plural', '2026-11-30 17:49:20.007570'),
(332, 'wagtailsearch', '0005_create_indexentry', '2026-11-30 17:49:20.511191'),
(333, 'wagtailsearch', '0006_customise_indexentry', '2026-11-30 17:49:21.900512'),
(334, 'wagtailsearch', '0007_delete_editorspick', '2026-11-30 17:49:21.919812'),
(335, 'wagtailsearch', '0008_remove_query_and_querydailyhits_models', '2026-11-30 17:49:22.066305'),
(336, 'wagtailsearch', '0009_remove_ngram_autocomplete', '2026-11-30 17:49:22.076485'),
(337, 'wagtailsearch', '0010_add_text_fields', '2026-11-30 17:49:22.082377'),
(338, 'word_lists', '0001_initial', '2026-11-30 17:49:22.528256');
INSERT INTO "django_content_type" VALUES
(1, 'wagtailcore', 'page'),
(2, 'wagtailcore', 'groupapprovaltask'),
(3, 'wagtailcore', 'apitoken'),
(4, 'wagtailcore', 'collection'),
(5, 'wagtailcore', 'collectionviewrestriction'),
(6, 'wagtailcore', 'comment'),
(7, 'wagtailcore', 'commentreply'),
(8, 'wagtailcore', 'groupcollectionpermission'),
(9, 'wagtailcore', 'grouppagepermission'),
(10, 'wagtailcore', 'groupsitepermission'),
(11, 'wagtailcore', 'locale'),
(12, 'wagtailcore', 'modellogentry'),
(13, 'wagtailcore', 'pagelogentry'),
(14, 'wagtailcore', 'pagesubscription'),
(15, 'wagtailcore', 'pageviewrestriction'),
(16, 'wagtailcore', 'referenceindex'),
(17, 'wagtailcore', 'revision'),
(18, 'wagtailcore', 'site'),
(19, 'wagtailcore', 'task'),
(20, 'wagtailcore', 'taskstate'),
(21, 'wagtailcore', 'uploadedfile'),
(22, 'wagtailcore', 'workflow'),
(23, 'wagtailcore', 'workflowcontenttype'),
(24, 'wagtailcore', 'workflowpage'),
(25, 'wagtailcore', 'workflowstate'),
(26, 'wagtailcore', 'workflowtask'),
(27, 'wagtail_localize', 'translation'),
(28, 'wagtailimages', 'image'),
(29, 'wagtaildocs', 'document'),
(30, 'wagtailadmin', 'admin'),
(31, 'word_lists', 'wordlistversion'),
(32, 'jobs', 'jobrun'),
(33, 'accounts', 'attempt'),
(34, 'accounts', 'user'),
(35, 'registry', 'administrationperiod'),
(36, 'registry', 'archivedbranch'),
(37, 'registry', 'declaredfigure'),
(38, 'registry', 'glossaryterm'),
(39, 'registry', 'harvestedrecord'),
(40, 'registry', 'institution'),
(41, 'registry', 'institutionspace'),
(42, 'registry', 'listedstep'),
(43, 'registry', 'municipality'),
(44, 'registry', 'officialcontact'),
(45, 'registry', 'person'),
(46, 'registry', 'sdggoal'),
(47, 'registry', 'sdgtarget'),
(48, 'registry', 'seat'),
(49, 'registry', 'secretariat'),
(50, 'registry', 'steplist'),
(51, 'tenancy', 'portalsettings'),
(52, 'tenancy', 'space'),
(53, 'tenancy', 'spaceroot'),
(54, 'tenancy', 'translatorgroup'),
(55, 'media', 'filereading'),
(56, 'media', 'filetext'),
(57, 'media', 'portaldocument'),
(58, 'media', 'portalimage'),
(59, 'media', 'portalrendition'),
(60, 'approval', 'accountrecord'),
(61, 'approval', 'approval'),
(62, 'approval', 'ledgerhead'),
(63, 'approval', 'ledgerlink'),
(64, 'approval', 'publicrecord'),
(65, 'approval', 'reviewtask'),
(66, 'approval', 'standin'),
(67, 'approval', 'submissionnote'),
(68, 'approval', 'tracesettings'),
(69, 'approval', 'warningconfirmation'),
(70, 'approval', 'withdrawnfrom'),
(71, 'pages', 'agreement'),
(72, 'pages', 'attendance'),
(73, 'pages', 'axispage'),
(74, 'pages', 'callpage'),
(75, 'pages', 'cocreationtablepage'),
(76, 'pages', 'commitmentaction'),
(77, 'pages', 'commitmentpage'),
(78, 'pages', 'commitmentparty'),
(79, 'pages', 'consultationpage'),
(80, 'pages', 'declarationpage'),
(81, 'pages', 'easyreadpage'),
(82, 'pages', 'erratum'),
(83, 'pages', 'forumpage'),
(84, 'pages', 'goodpracticeindexpage'),
(85, 'pages', 'goodpracticepage'),
(86, 'pages', 'homepage'),
(87, 'pages', 'infographicpage'),
(88, 'pages', 'matrixrow'),
(89, 'pages', 'micrositepage'),
(90, 'pages', 'municipalityindexpage'),
(91, 'pages', 'observationanswerpage'),
(92, 'pages', 'observationindexpage'),
(93, 'pages', 'observationpage'),
(94, 'pages', 'participationindexpage'),
(95, 'pages', 'plainversionpage'),
(96, 'pages', 'planindexpage'),
(97, 'pages', 'planpage'),
(98, 'pages', 'problemtreepage'),
(99, 'pages', 'progressfigure'),
(100, 'pages', 'progressupdatepage'),
(101, 'pages', 'publicversion'),
(102, 'pages', 'publicversionpage'),
(103, 'pages', 'reportpage'),
(104, 'pages', 'reportrow'),
(105, 'pages', 'resultsmatrixpage'),
(106, 'pages', 'roadmappage'),
(107, 'pages', 'roadmapstep'),
(108, 'pages', 'rulinggroup'),
(109, 'pages', 'rulingindexpage'),
(110, 'pages', 'rulingpage'),
(111, 'pages', 'secretariatpage'),
(112, 'pages', 'sessionpage'),
(113, 'pages', 'signatory'),
(114, 'pages', 'spaceversion'),
(115, 'pages', 'standardpage'),
(116, 'pages', 'tableparticipant'),
(117, 'pages', 'updaterow'),
(118, 'spaces', 'municipalityproposal'),
(119, 'spaces', 'municipalityspace'),
(120, 'spaces', 'provisionedpage'),
(121, 'spaces', 'reviewagreement'),
(122, 'spaces', 'reviewerproposal'),
(123, 'spaces', 'templatepage'),
(124, 'deadlines', 'deadlinesettings'),
(125, 'deadlines', 'observationnotice'),
(126, 'deadlines', 'reportnotice'),
(127, 'deadlines', 'reviewnotice'),
(128, 'acts', 'administrationact'),
(129, 'acts', 'handoveract'),
(130, 'acts', 'suspensionact'),
(131, 'microsite_copies', 'micrositecopy'),
(132, 'delegation', 'delegation'),
(133, 'guest_links', 'guestlink'),
(134, 'redactions', 'redaction'),
(135, 'abierto_translations', 'translatedsource'),
(136, 'bundles', 'bundle'),
(137, 'bundles', 'bundledecision'),
(138, 'bundles', 'bundleitem'),
(139, 'imports', 'importbatch'),
(140, 'imports', 'importedrow'),
(141, 'imports', 'importedversion'),
(142, 'retention', 'deletionproposal'),
(143, 'ruling_desk', 'batchpage'),
(144, 'ruling_desk', 'monthlycount'),
(145, 'ruling_desk', 'rulingbatch'),
(146, 'board', 'sitecheck'),
(147, 'search', 'daykey'),
(148, 'search', 'fingerprint'),
(149, 'search', 'indexrebuild'),
(150, 'search', 'outboxentry'),
(151, 'search', 'pagewords'),
(152, 'search', 'promotedresult'),
(153, 'search', 'querynote'),
(154, 'search', 'rebuildchange'),
(155, 'search', 'rebuildslice'),
(156, 'search', 'wordcount'),
(157, 'search', 'workerbeat'),
(158, 'account', 'emailaddress'),
(159, 'account', 'emailconfirmation'),
(160, 'mfa', 'authenticator'),
(161, 'usersessions', 'usersession'),
(162, 'wagtail_localize', 'localesynchronization'),
(163, 'wagtail_localize', 'overridablesegment'),
(164, 'wagtail_localize', 'relatedobjectsegment'),
(165, 'wagtail_localize', 'segmentoverride'),
(166, 'wagtail_localize', 'string'),
(167, 'wagtail_localize', 'stringsegment'),
(168, 'wagtail_localize', 'stringtranslation'),
(169, 'wagtail_localize', 'template'),
(170, 'wagtail_localize', 'templatesegment'),
(171, 'wagtail_localize', 'translatableobject'),
(172, 'wagtail_localize', 'translationcontext'),
(173, 'wagtail_localize', 'translationlog'),
(174, 'wagtail_localize', 'translationsource'),
(175, 'wagtailredirects', 'redirect'),
(176, 'wagtailembeds', 'embed'),
(177, 'wagtailusers', 'userprofile'),
(178, 'wagtailimages', 'rendition'),
(179, 'wagtailsearch', 'indexentry'),
(180, 'wagtailsearch', 'sqliteftsindexentry'),
(181, 'wagtailadmin', 'editingsession'),
(182, 'wagtailadmin', 'formstate'),
(183, 'taggit', 'tag'),
(184, 'taggit', 'taggeditem'),
(185, 'django_tasks_database', 'dbtaskresult'),
(186, 'auth', 'group'),
(187, 'auth', 'permission'),
(188, 'contenttypes', 'contenttype'),
(189, 'sessions', 'session');
INSERT INTO "auth_permission" VALUES
(1, 11, 'add_locale', 'Can add locale'),
(2, 11, 'change_locale', 'Can change locale'),
(3, 11, 'delete_locale', 'Can delete locale'),
(4, 11, 'view_locale', 'Can view locale'),
(5, 18, 'add_site', 'Can add site'),
(6, 18, 'change_site', 'Can change site'),
(7, 18, 'delete_site', 'Can delete site'),
(8, 18, 'view_site', 'Can view site'),
(9, 10, 'add_groupsitepermission', 'Can add group site permission'),
(10, 10, 'change_groupsitepermission', 'Can change group site permission'),
(11, 10, 'delete_groupsitepermission', 'Can delete group site permission'),
(12, 10, 'view_groupsitepermission', 'Can view group site permission'),
(13, 3, 'add_apitoken', 'Can add API token'),
(14, 3, 'change_apitoken', 'Can change API token'),
(15, 3, 'delete_apitoken', 'Can delete API token'),
(16, 3, 'view_apitoken', 'Can view API token'),
(17, 12, 'add_modellogentry', 'Can add model log entry'),
(18, 12, 'change_modellogentry', 'Can change model log entry'),
(19, 12, 'delete_modellogentry', 'Can delete model log entry'),
(20, 12, 'view_modellogentry', 'Can view model log entry'),
(21, 17, 'add_revision', 'Can add revision'),
(22, 17, 'change_revision', 'Can change revision'),
(23, 17, 'delete_revision', 'Can delete revision'),
(24, 17, 'view_revision', 'Can view revision'),
(25, 5, 'add_collectionviewrestriction', 'Can add collection view restriction'),
(26, 5, 'change_collectionviewrestriction', 'Can change collection view restriction'),
(27, 5, 'delete_collectionviewrestriction', 'Can delete collection view restriction'),
(28, 5, 'view_collectionviewrestriction', 'Can view collection view restriction'),
(29, 4, 'add_collection', 'Can add collection'),
(30, 4, 'change_collection', 'Can change collection'),
(31, 4, 'delete_collection', 'Can delete collection'),
(32, 4, 'view_collection', 'Can view collection'),
(33, 8, 'add_groupcollectionpermission', 'Can add group collection permission'),
(34, 8, 'change_groupcollectionpermission', 'Can change group collection permission'),
(35, 8, 'delete_groupcollectionpermission', 'Can delete group collection permission'),
(36, 8, 'view_groupcollectionpermission', 'Can view group collection permission'),
(37, 21, 'add_uploadedfile', 'Can add uploaded file'),
(38, 21, 'change_uploadedfile', 'Can change uploaded file'),
(39, 21, 'delete_uploadedfile', 'Can delete uploaded file'),
(40, 21, 'view_uploadedfile', 'Can view uploaded file'),
(41, 23, 'add_workflowcontenttype', 'Can add workflow content type'),
(42, 23, 'change_workflowcontenttype', 'Can change workflow content type'),
(43, 23, 'delete_workflowcontenttype', 'Can delete workflow content type'),
(44, 23, 'view_workflowcontenttype', 'Can view workflow content type'),
(45, 25, 'add_workflowstate', 'Can add Workflow state'),
(46, 25, 'change_workflowstate', 'Can change Workflow state'),
(47, 25, 'delete_workflowstate', 'Can delete Workflow state'),
(48, 25, 'view_workflowstate', 'Can view Workflow state'),
(49, 22, 'add_workflow', 'Can add workflow'),
(50, 22, 'change_workflow', 'Can change workflow'),
(51, 22, 'delete_workflow', 'Can delete workflow'),
(52, 22, 'view_workflow', 'Can view workflow'),
(53, 26, 'add_workflowtask', 'Can add workflow task order'),
(54, 26, 'change_workflowtask', 'Can change workflow task order'),
(55, 26, 'delete_workflowtask', 'Can delete workflow task order'),
(56, 26, 'view_workflowtask', 'Can view workflow task order'),
(57, 19, 'add_task', 'Can add task'),
(58, 19, 'change_task', 'Can change task'),
(59, 19, 'delete_task', 'Can delete task'),
(60, 19, 'view_task', 'Can view task'),
(61, 2, 'add_groupapprovaltask', 'Can add Group approval task'),
(62, 2, 'change_groupapprovaltask', 'Can change Group approval task'),
(63, 2, 'delete_groupapprovaltask', 'Can delete Group approval task'),
(64, 2, 'view_groupapprovaltask', 'Can view Group approval task'),
(65, 20, 'add_taskstate', 'Can add Task state'),
(66, 20, 'change_taskstate', 'Can change Task state'),
(67, 20, 'delete_taskstate', 'Can delete Task state'),
(68, 20, 'view_taskstate', 'Can view Task state'),
(69, 1, 'add_page', 'Can add page'),
(70, 1, 'change_page', 'Can change page'),
(71, 1, 'delete_page', 'Can delete page'),
(72, 1, 'view_page', 'Can view page'),
(73, 1, 'bulk_delete_page', 'Delete pages with children'),
(74, 1, 'lock_page', 'Lock/unlock pages you''ve locked'),
(75, 1, 'publish_page', 'Publish any page'),
(76, 1, 'unlock_page', 'Unlock any page'),
(77, 9, 'add_grouppagepermission', 'Can add group page permission'),
(78, 9, 'change_grouppagepermission', 'Can change group page permission'),
(79, 9, 'delete_grouppagepermission', 'Can delete group page permission'),
(80, 9, 'view_grouppagepermission', 'Can view group page permission'),
(81, 15, 'add_pageviewrestriction', 'Can add page view restriction'),
(82, 15, 'change_pageviewrestriction', 'Can change page view restriction'),
(83, 15, 'delete_pageviewrestriction', 'Can delete page view restriction'),
(84, 15, 'view_pageviewrestriction', 'Can view page view restriction'),
(85, 24, 'add_workflowpage', 'Can add workflow page'),
(86, 24, 'change_workflowpage', 'Can change workflow page'),
(87, 24, 'delete_workflowpage', 'Can delete workflow page'),
(88, 24, 'view_workflowpage', 'Can view workflow page'),
(89, 13, 'add_pagelogentry', 'Can add page log entry'),
(90, 13, 'change_pagelogentry', 'Can change page log entry'),
(91, 13, 'delete_pagelogentry', 'Can delete page log entry'),
(92, 13, 'view_pagelogentry', 'Can view page log entry'),
(93, 6, 'add_comment', 'Can add comment'),
(94, 6, 'change_comment', 'Can change comment'),
(95, 6, 'delete_comment', 'Can delete comment'),
(96, 6, 'view_comment', 'Can view comment'),
(97, 7, 'add_commentreply', 'Can add comment reply'),
(98, 7, 'change_commentreply', 'Can change comment reply'),
(99, 7, 'delete_commentreply', 'Can delete comment reply'),
(100, 7, 'view_commentreply', 'Can view comment reply'),
(101, 14, 'add_pagesubscription', 'Can add page subscription'),
(102, 14, 'change_pagesubscription', 'Can change page subscription'),
(103, 14, 'delete_pagesubscription', 'Can delete page subscription'),
(104, 14, 'view_pagesubscription', 'Can view page subscription'),
(105, 16, 'add_referenceindex', 'Can add reference index'),
(106, 16, 'change_referenceindex', 'Can change reference index'),
(107, 16, 'delete_referenceindex', 'Can delete reference index'),
(108, 16, 'view_referenceindex', 'Can view reference index'),
(109, 27, 'submit_translation', 'Can submit translations'),
(110, 28, 'add_image', 'Can add image'),
(111, 28, 'change_image', 'Can change image'),
(112, 28, 'delete_image', 'Can delete image'),
(113, 29, 'add_document', 'Can add document'),
(114, 29, 'change_document', 'Can change document'),
(115, 29, 'delete_document', 'Can delete document'),
(116, 30, 'access_admin', 'Can access Wagtail admin'),
(117, 29, 'choose_document', 'Can choose document'),
(118, 28, 'choose_image', 'Can choose image'),
(119, 31, 'add_wordlistversion', 'Can add versión de una lista'),
(120, 31, 'change_wordlistversion', 'Can change versión de una lista'),
(121, 31, 'delete_wordlistversion', 'Can delete versión de una lista'),
(122, 31, 'view_wordlistversion', 'Can view versión de una lista'),
(123, 32, 'add_jobrun', 'Can add trabajo periódico'),
(124, 32, 'change_jobrun', 'Can change trabajo periódico'),
(125, 32, 'delete_jobrun', 'Can delete trabajo periódico'),
(126, 32, 'view_jobrun', 'Can view trabajo periódico'),
(127, 33, 'add_attempt', 'Can add intento de entrar'),
(128, 33, 'change_attempt', 'Can change intento de entrar'),
(129, 33, 'delete_attempt', 'Can delete intento de entrar'),
(130, 33, 'view_attempt', 'Can view intento de entrar'),
(131, 34, 'add_user', 'Can add cuenta'),
(132, 34, 'change_user', 'Can change cuenta'),
(133, 34, 'delete_user', 'Can delete cuenta'),
(134, 34, 'view_user', 'Can view cuenta'),
(135, 40, 'add_institution', 'Can add institución'),
(136, 40, 'change_institution', 'Can change institución'),
(137, 40, 'delete_institution', 'Can delete institución'),
(138, 40, 'view_institution', 'Can view institución'),
(139, 43, 'add_municipality', 'Can add municipio'),
(140, 43, 'change_municipality', 'Can change municipio'),
(141, 43, 'delete_municipality', 'Can delete municipio'),
(142, 43, 'view_municipality', 'Can view municipio'),
(143, 45, 'add_person', 'Can add persona'),
(144, 45, 'change_person', 'Can change persona'),
(145, 45, 'delete_person', 'Can delete persona'),
(146, 45, 'view_person', 'Can view persona'),
(147, 46, 'add_sdggoal', 'Can add objetivo de desarrollo sostenible'),
(148, 46, 'change_sdggoal', 'Can change objetivo de desarrollo sostenible'),
(149, 46, 'delete_sdggoal', 'Can delete objetivo de desarrollo sostenible'),
(150, 46, 'view_sdggoal', 'Can view objetivo de desarrollo sostenible'),
(151, 47, 'add_sdgtarget', 'Can add meta de los ODS'),
(152, 47, 'change_sdgtarget', 'Can change meta de los ODS'),
(153, 47, 'delete_sdgtarget', 'Can delete meta de los ODS'),
(154, 47, 'view_sdgtarget', 'Can view meta de los ODS'),
(155, 48, 'add_seat', 'Can add asiento'),
(156, 48, 'change_seat', 'Can change asiento'),
(157, 48, 'delete_seat', 'Can delete asiento'),
(158, 48, 'view_seat', 'Can view asiento'),
(159, 49, 'add_secretariat', 'Can add secretariado técnico'),
(160, 49, 'change_secretariat', 'Can change secretariado técnico'),
(161, 49, 'delete_secretariat', 'Can delete secretariado técnico'),
(162, 49, 'view_secretariat', 'Can view secretariado técnico'),
(163, 38, 'add_glossaryterm', 'Can add término del glosario'),
(164, 38, 'change_glossaryterm', 'Can change término del glosario'),
(165, 38, 'delete_glossaryterm', 'Can delete término del glosario'),
(166, 38, 'view_glossaryterm', 'Can view término del glosario'),
(167, 41, 'add_institutionspace', 'Can add espacio de una institución'),
(168, 41, 'change_institutionspace', 'Can change espacio de una institución'),
(169, 41, 'delete_institutionspace', 'Can delete espacio de una institución'),
(170, 41, 'view_institutionspace', 'Can view espacio de una institución'),
(171, 50, 'add_steplist', 'Can add lista de pasos'),
(172, 50, 'change_steplist', 'Can change lista de pasos'),
(173, 50, 'delete_steplist', 'Can delete lista de pasos'),
(174, 50, 'view_steplist', 'Can view lista de pasos'),
(175, 42, 'add_listedstep', 'Can add paso de una lista'),
(176, 42, 'change_listedstep', 'Can change paso de una lista'),
(177, 42, 'delete_listedstep', 'Can delete paso de una lista'),
(178, 42, 'view_listedstep', 'Can view paso de una lista'),
(179, 37, 'add_declaredfigure', 'Can add cifra declarada'),
(180, 37, 'change_declaredfigure', 'Can change cifra declarada'),
(181, 37, 'delete_declaredfigure', 'Can delete cifra declarada'),
(182, 37, 'view_declaredfigure', 'Can view cifra declarada'),
(183, 44, 'add_officialcontact', 'Can add contacto oficial'),
(184, 44, 'change_officialcontact', 'Can change contacto oficial'),
(185, 44, 'delete_officialcontact', 'Can delete contacto oficial'),
(186, 44, 'view_officialcontact', 'Can view contacto oficial'),
(187, 35, 'add_administrationperiod', 'Can add administración que terminó'),
(188, 35, 'change_administrationperiod', 'Can change administración que terminó'),
(189, 35, 'delete_administrationperiod', 'Can delete administración que terminó'),
(190, 35, 'view_administrationperiod', 'Can view administración que terminó'),
(191, 36, 'add_archivedbranch', 'Can add página de una administración que terminó'),
(192, 36, 'change_archivedbranch', 'Can change página de una administración que terminó'),
(193, 36, 'delete_archivedbranch', 'Can delete página de una administración que terminó'),
(194, 36, 'view_archivedbranch', 'Can view página de una administración que terminó'),
(195, 39, 'add_harvestedrecord', 'Can add ficha externa de un municipio'),
(196, 39, 'change_harvestedrecord', 'Can change ficha externa de un municipio'),
(197, 39, 'delete_harvestedrecord', 'Can delete ficha externa de un municipio'),
(198, 39, 'view_harvestedrecord', 'Can view ficha externa de un municipio'),
(199, 52, 'add_space', 'Can add espacio'),
(200, 52, 'change_space', 'Can change espacio'),
(201, 52, 'delete_space', 'Can delete espacio'),
(202, 52, 'view_space', 'Can view espacio'),
(203, 53, 'add_spaceroot', 'Can add raíz de un espacio'),
(204, 53, 'change_spaceroot', 'Can change raíz de un espacio'),
(205, 53, 'delete_spaceroot', 'Can delete raíz de un espacio'),
(206, 53, 'view_spaceroot', 'Can view raíz de un espacio'),
(207, 51, 'add_portalsettings', 'Can add portal'),
(208, 51, 'change_portalsettings', 'Can change portal'),
(209, 51, 'delete_portalsettings', 'Can delete portal'),
(210, 51, 'view_portalsettings', 'Can view portal'),
(211, 54, 'add_translatorgroup', 'Can add grupo de traducción'),
(212, 54, 'change_translatorgroup', 'Can change grupo de traducción'),
(213, 54, 'delete_translatorgroup', 'Can delete grupo de traducción'),
(214, 54, 'view_translatorgroup', 'Can view grupo de traducción'),
(215, 58, 'add_portalimage', 'Can add imagen'),
(216, 58, 'change_portalimage', 'Can change imagen'),
(217, 58, 'delete_portalimage', 'Can delete imagen'),
(218, 58, 'view_portalimage', 'Can view imagen'),
(219, 59, 'add_portalrendition', 'Can add versión de una imagen'),
(220, 59, 'change_portalrendition', 'Can change versión de una imagen'),
(221, 59, 'delete_portalrendition', 'Can delete versión de una imagen'),
(222, 59, 'view_portalrendition', 'Can view versión de una imagen'),
(223, 57, 'add_portaldocument', 'Can add documento'),
(224, 57, 'change_portaldocument', 'Can change documento'),
(225, 57, 'delete_portaldocument', 'Can delete documento'),
(226, 57, 'view_portaldocument', 'Can view documento'),
(227, 55, 'add_filereading', 'Can add lectura de un archivo'),
(228, 55, 'change_filereading', 'Can change lectura de un archivo'),
(229, 55, 'delete_filereading', 'Can delete lectura de un archivo'),
(230, 55, 'view_filereading', 'Can view lectura de un archivo'),
(231, 56, 'add_filetext', 'Can add texto de un archivo'),
(232, 56, 'change_filetext', 'Can change texto de un archivo'),
(233, 56, 'delete_filetext', 'Can delete texto de un archivo'),
(234, 56, 'view_filetext', 'Can view texto de un archivo'),
(235, 62, 'add_ledgerhead', 'Can add final de un libro'),
(236, 62, 'change_ledgerhead', 'Can change final de un libro'),
(237, 62, 'delete_ledgerhead', 'Can delete final de un libro'),
(238, 62, 'view_ledgerhead', 'Can view final de un libro'),
(239, 60, 'add_accountrecord', 'Can add registro de una cuenta'),
(240, 60, 'change_accountrecord', 'Can change registro de una cuenta'),
(241, 60, 'delete_accountrecord', 'Can delete registro de una cuenta'),
(242, 60, 'view_accountrecord', 'Can view registro de una cuenta'),
(243, 61, 'add_approval', 'Can add aprobación'),
(244, 61, 'change_approval', 'Can change aprobación'),
(245, 61, 'delete_approval', 'Can delete aprobación'),
(246, 61, 'view_approval', 'Can view aprobación'),
(247, 63, 'add_ledgerlink', 'Can add eslabón de un libro'),
(248, 63, 'change_ledgerlink', 'Can change eslabón de un libro'),
(249, 63, 'delete_ledgerlink', 'Can delete eslabón de un libro'),
(250, 63, 'view_ledgerlink', 'Can view eslabón de un libro'),
(251, 64, 'add_publicrecord', 'Can add registro de algo público'),
(252, 64, 'change_publicrecord', 'Can change registro de algo público'),
(253, 64, 'delete_publicrecord', 'Can delete registro de algo público'),
(254, 64, 'view_publicrecord', 'Can view registro de algo público'),
(255, 65, 'add_reviewtask', 'Can add revisión por otra persona'),
(256, 65, 'change_reviewtask', 'Can change revisión por otra persona'),
(257, 65, 'delete_reviewtask', 'Can delete revisión por otra persona'),
(258, 65, 'view_reviewtask', 'Can view revisión por otra persona'),
(259, 66, 'add_standin', 'Can add suplencia'),
(260, 66, 'change_standin', 'Can change suplencia'),
(261, 66, 'delete_standin', 'Can delete suplencia'),
(262, 66, 'view_standin', 'Can view suplencia'),
(263, 67, 'add_submissionnote', 'Can add nota de un envío'),
(264, 67, 'change_submissionnote', 'Can change nota de un envío'),
(265, 67, 'delete_submissionnote', 'Can delete nota de un envío'),
(266, 67, 'view_submissionnote', 'Can view nota de un envío'),
(267, 68, 'add_tracesettings', 'Can add traza pública'),
(268, 68, 'change_tracesettings', 'Can change traza pública'),
(269, 68, 'delete_tracesettings', 'Can delete traza pública'),
(270, 68, 'view_tracesettings', 'Can view traza pública'),
(271, 70, 'add_withdrawnfrom', 'Can add lugar de un retiro'),
(272, 70, 'change_withdrawnfrom', 'Can change lugar de un retiro'),
(273, 70, 'delete_withdrawnfrom', 'Can delete lugar de un retiro'),
(274, 70, 'view_withdrawnfrom', 'Can view lugar de un retiro'),
(275, 69, 'add_warningconfirmation', 'Can add aviso confirmado'),
(276, 69, 'change_warningconfirmation', 'Can change aviso confirmado'),
(277, 69, 'delete_warningconfirmation', 'Can delete aviso confirmado'),
(278, 69, 'view_warningconfirmation', 'Can view aviso confirmado'),
(279, 73, 'add_axispage', 'Can add eje'),
(280, 73, 'change_axispage', 'Can change eje'),
(281, 73, 'delete_axispage', 'Can delete eje'),
(282, 73, 'view_axispage', 'Can view eje'),
(283, 76, 'add_commitmentaction', 'Can add acción'),
(284, 76, 'change_commitmentaction', 'Can change acción'),
(285, 76, 'delete_commitmentaction', 'Can delete acción'),
(286, 76, 'view_commitmentaction', 'Can view acción'),
(287, 77, 'add_commitmentpage', 'Can add compromiso'),
(288, 77, 'change_commitmentpage', 'Can change compromiso'),
(289, 77, 'delete_commitmentpage', 'Can delete compromiso'),
(290, 77, 'view_commitmentpage', 'Can view compromiso'),
(291, 78, 'add_commitmentparty', 'Can add parte'),
(292, 78, 'change_commitmentparty', 'Can change parte'),
(293, 78, 'delete_commitmentparty', 'Can delete parte'),
(294, 78, 'view_commitmentparty', 'Can view parte'),
(295, 80, 'add_declarationpage', 'Can add declaración'),
(296, 80, 'change_declarationpage', 'Can change declaración'),
(297, 80, 'delete_declarationpage', 'Can delete declaración'),
(298, 80, 'view_declarationpage', 'Can view declaración'),
(299, 82, 'add_erratum', 'Can add fe de erratas'),
(300, 82, 'change_erratum', 'Can change fe de erratas'),
(301, 82, 'delete_erratum', 'Can delete fe de erratas'),
(302, 82, 'view_erratum', 'Can view fe de erratas'),
(303, 86, 'add_homepage', 'Can add portada'),
(304, 86, 'change_homepage', 'Can change portada'),
(305, 86, 'delete_homepage', 'Can delete portada'),
(306, 86, 'view_homepage', 'Can view portada'),
(307, 96, 'add_planindexpage', 'Can add lista de planes'),
(308, 96, 'change_planindexpage', 'Can change lista de planes'),
(309, 96, 'delete_planindexpage', 'Can delete lista de planes'),
(310, 96, 'view_planindexpage', 'Can view lista de planes'),
(311, 97, 'add_planpage', 'Can add plan'),
(312, 97, 'change_planpage', 'Can change plan'),
(313, 97, 'delete_planpage', 'Can delete plan'),
(314, 97, 'view_planpage', 'Can view plan'),
(315, 99, 'add_progressfigure', 'Can add cifra'),
(316, 99, 'change_progressfigure', 'Can change cifra'),
(317, 99, 'delete_progressfigure', 'Can delete cifra'),
(318, 99, 'view_progressfigure', 'Can view cifra'),
(319, 100, 'add_progressupdatepage', 'Can add avance'),
(320, 100, 'change_progressupdatepage', 'Can change avance'),
(321, 100, 'delete_progressupdatepage', 'Can delete avance'),
(322, 100, 'view_progressupdatepage', 'Can view avance'),
(323, 101, 'add_publicversion', 'Can add versión pública'),
(324, 101, 'change_publicversion', 'Can change versión pública'),
(325, 101, 'delete_publicversion', 'Can delete versión pública'),
(326, 101, 'view_publicversion', 'Can view versión pública'),
(327, 103, 'add_reportpage', 'Can add informe'),
(328, 103, 'change_reportpage', 'Can change informe'),
(329, 103, 'delete_reportpage', 'Can delete informe'),
(330, 103, 'view_reportpage', 'Can view informe'),
(331, 104, 'add_reportrow', 'Can add cifra de un informe'),
(332, 104, 'change_reportrow', 'Can change cifra de un informe'),
(333, 104, 'delete_reportrow', 'Can delete cifra de un informe'),
(334, 104, 'view_reportrow', 'Can view cifra de un informe'),
(335, 111, 'add_secretariatpage', 'Can add página de un secretariado'),
(336, 111, 'change_secretariatpage', 'Can change página de un secretariado'),
(337, 111, 'delete_secretariatpage', 'Can delete página de un secretariado'),
(338, 111, 'view_secretariatpage', 'Can view página de un secretariado'),
(339, 112, 'add_sessionpage', 'Can add sesión'),
(340, 112, 'change_sessionpage', 'Can change sesión'),
(341, 112, 'delete_sessionpage', 'Can delete sesión'),
(342, 112, 'view_sessionpage', 'Can view sesión'),
(343, 113, 'add_signatory', 'Can add firma'),
(344, 113, 'change_signatory', 'Can change firma'),
(345, 113, 'delete_signatory', 'Can delete firma'),
(346, 113, 'view_signatory', 'Can view firma'),
(347, 115, 'add_standardpage', 'Can add página de texto'),
(348, 115, 'change_standardpage', 'Can change página de texto'),
(349, 115, 'delete_standardpage', 'Can delete página de texto'),
(350, 115, 'view_standardpage', 'Can view página de texto'),
(351, 117, 'add_updaterow', 'Can add avance de una acción'),
(352, 117, 'change_updaterow', 'Can change avance de una acción'),
(353, 117, 'delete_updaterow', 'Can delete avance de una acción'),
(354, 117, 'view_updaterow', 'Can view avance de una acción'),
(355, 71, 'add_agreement', 'Can add acuerdo'),
(356, 71, 'change_agreement', 'Can change acuerdo'),
(357, 71, 'delete_agreement', 'Can delete acuerdo'),
(358, 71, 'view_agreement', 'Can view acuerdo'),
(359, 90, 'add_municipalityindexpage', 'Can add lista de municipios'),
(360, 90, 'change_municipalityindexpage', 'Can change lista de municipios'),
(361, 90, 'delete_municipalityindexpage', 'Can delete lista de municipios'),
(362, 90, 'view_municipalityindexpage', 'Can view lista de municipios'),
(363, 89, 'add_micrositepage', 'Can add micrositio de un municipio'),
(364, 89, 'change_micrositepage', 'Can change micrositio de un municipio'),
(365, 89, 'delete_micrositepage', 'Can delete micrositio de un municipio'),
(366, 89, 'view_micrositepage', 'Can view micrositio de un municipio'),
(367, 114, 'add_spaceversion', 'Can add versión pública de un espacio'),
(368, 114, 'change_spaceversion', 'Can change versión pública de un espacio'),
(369, 114, 'delete_spaceversion', 'Can delete versión pública de un espacio'),
(370, 114, 'view_spaceversion', 'Can view versión pública de un espacio'),
(371, 81, 'add_easyreadpage', 'Can add versión en lectura fácil'),
(372, 81, 'change_easyreadpage', 'Can change versión en lectura fácil'),
(373, 81, 'delete_easyreadpage', 'Can delete versión en lectura fácil'),
(374, 81, 'view_easyreadpage', 'Can view versión en lectura fácil'),
(375, 95, 'add_plainversionpage', 'Can add versión en lenguaje claro'),
(376, 95, 'change_plainversionpage', 'Can change versión en lenguaje claro'),
(377, 95, 'delete_plainversionpage', 'Can delete versión en lenguaje claro'),
(378, 95, 'view_plainversionpage', 'Can view versión en lenguaje claro'),
(379, 87, 'add_infographicpage', 'Can add infografía'),
(380, 87, 'change_infographicpage', 'Can change infografía'),
(381, 87, 'delete_infographicpage', 'Can delete infografía'),
(382, 87, 'view_infographicpage', 'Can view infografía'),
(383, 102, 'add_publicversionpage', 'Can add versión pública'),
(384, 102, 'change_publicversionpage', 'Can change versión pública'),
(385, 102, 'delete_publicversionpage', 'Can delete versión pública'),
(386, 102, 'view_publicversionpage', 'Can view versión pública'),
(387, 109, 'add_rulingindexpage', 'Can add lista de sentencias'),
(388, 109, 'change_rulingindexpage', 'Can change lista de sentencias'),
(389, 109, 'delete_rulingindexpage', 'Can delete lista de sentencias'),
(390, 109, 'view_rulingindexpage', 'Can view lista de sentencias'),
(391, 110, 'add_rulingpage', 'Can add sentencia'),
(392, 110, 'change_rulingpage', 'Can change sentencia'),
(393, 110, 'delete_rulingpage', 'Can delete sentencia'),
(394, 110, 'view_rulingpage', 'Can view sentencia'),
(395, 108, 'add_rulinggroup', 'Can add grupo de atención prioritaria'),
(396, 108, 'change_rulinggroup', 'Can change grupo de atención prioritaria'),
(397, 108, 'delete_rulinggroup', 'Can delete grupo de atención prioritaria'),
(398, 108, 'view_rulinggroup', 'Can view grupo de atención prioritaria'),
(399, 72, 'add_attendance', 'Can add asistencia'),
(400, 72, 'change_attendance', 'Can change asistencia'),
(401, 72, 'delete_attendance', 'Can delete asistencia'),
(402, 72, 'view_attendance', 'Can view asistencia'),
(403, 79, 'add_consultationpage', 'Can add consulta'),
(404, 79, 'change_consultationpage', 'Can change consulta'),
(405, 79, 'delete_consultationpage', 'Can delete consulta'),
(406, 79, 'view_consultationpage', 'Can view consulta'),
(407, 83, 'add_forumpage', 'Can add foro o capacitación'),
(408, 83, 'change_forumpage', 'Can change foro o capacitación'),
(409, 83, 'delete_forumpage', 'Can delete foro o capacitación'),
(410, 83, 'view_forumpage', 'Can view foro o capacitación'),
(411, 84, 'add_goodpracticeindexpage', 'Can add banco de buenas prácticas'),
(412, 84, 'change_goodpracticeindexpage', 'Can change banco de buenas prácticas'),
(413, 84, 'delete_goodpracticeindexpage', 'Can delete banco de buenas prácticas'),
(414, 84, 'view_goodpracticeindexpage', 'Can view banco de buenas prácticas'),
(415, 94, 'add_participationindexpage', 'Can add lista de participación'),
(416, 94, 'change_participationindexpage', 'Can change lista de participación'),
(417, 94, 'delete_participationindexpage', 'Can delete lista de participación'),
(418, 94, 'view_participationindexpage', 'Can view lista de participación'),
(419, 74, 'add_callpage', 'Can add convocatoria'),
(420, 74, 'change_callpage', 'Can change convocatoria'),
(421, 74, 'delete_callpage', 'Can delete convocatoria'),
(422, 74, 'view_callpage', 'Can view convocatoria'),
(423, 75, 'add_cocreationtablepage', 'Can add mesa de cocreación'),
(424, 75, 'change_cocreationtablepage', 'Can change mesa de cocreación'),
(425, 75, 'delete_cocreationtablepage', 'Can delete mesa de cocreación'),
(426, 75, 'view_cocreationtablepage', 'Can view mesa de cocreación'),
(427, 85, 'add_goodpracticepage', 'Can add buena práctica'),
(428, 85, 'change_goodpracticepage', 'Can change buena práctica'),
(429, 85, 'delete_goodpracticepage', 'Can delete buena práctica'),
(430, 85, 'view_goodpracticepage', 'Can view buena práctica'),
(431, 116, 'add_tableparticipant', 'Can add participante'),
(432, 116, 'change_tableparticipant', 'Can change participante'),
(433, 116, 'delete_tableparticipant', 'Can delete participante'),
(434, 116, 'view_tableparticipant', 'Can view participante'),
(435, 106, 'add_roadmappage', 'Can add hoja de ruta de un municipio'),
(436, 106, 'change_roadmappage', 'Can change hoja de ruta de un municipio'),
(437, 106, 'delete_roadmappage', 'Can delete hoja de ruta de un municipio'),
(438, 106, 'view_roadmappage', 'Can view hoja de ruta de un municipio'),
(439, 107, 'add_roadmapstep', 'Can add paso'),
(440, 107, 'change_roadmapstep', 'Can change paso'),
(441, 107, 'delete_roadmapstep', 'Can delete paso'),
(442, 107, 'view_roadmapstep', 'Can view paso'),
(443, 98, 'add_problemtreepage', 'Can add árbol de problemas y objetivos'),
(444, 98, 'change_problemtreepage', 'Can change árbol de problemas y objetivos'),
(445, 98, 'delete_problemtreepage', 'Can delete árbol de problemas y objetivos'),
(446, 98, 'view_problemtreepage', 'Can view árbol de problemas y objetivos'),
(447, 105, 'add_resultsmatrixpage', 'Can add matriz de indicadores'),
(448, 105, 'change_resultsmatrixpage', 'Can change matriz de indicadores'),
(449, 105, 'delete_resultsmatrixpage', 'Can delete matriz de indicadores'),
(450, 105, 'view_resultsmatrixpage', 'Can view matriz de indicadores'),
(451, 88, 'add_matrixrow', 'Can add indicador'),
(452, 88, 'change_matrixrow', 'Can change indicador'),
(453, 88, 'delete_matrixrow', 'Can delete indicador'),
(454, 88, 'view_matrixrow', 'Can view indicador'),
(455, 92, 'add_observationindexpage', 'Can add lista de observaciones'),
(456, 92, 'change_observationindexpage', 'Can change lista de observaciones'),
(457, 92, 'delete_observationindexpage', 'Can delete lista de observaciones'),
(458, 92, 'view_observationindexpage', 'Can view lista de observaciones'),
(459, 93, 'add_observationpage', 'Can add observación'),
(460, 93, 'change_observationpage', 'Can change observación'),
(461, 93, 'delete_observationpage', 'Can delete observación'),
(462, 93, 'view_observationpage', 'Can view observación'),
(463, 91, 'add_observationanswerpage', 'Can add respuesta a una observación'),
(464, 91, 'change_observationanswerpage', 'Can change respuesta a una observación'),
(465, 91, 'delete_observationanswerpage', 'Can delete respuesta a una observación'),
(466, 91, 'view_observationanswerpage', 'Can view respuesta a una observación'),
(467, 123, 'add_templatepage', 'Can add página de la plantilla'),
(468, 123, 'change_templatepage', 'Can change página de la plantilla'),
(469, 123, 'delete_templatepage', 'Can delete página de la plantilla'),
(470, 123, 'view_templatepage', 'Can view página de la plantilla'),
(471, 119, 'add_municipalityspace', 'Can add espacio de un municipio'),
(472, 119, 'change_municipalityspace', 'Can change espacio de un municipio'),
(473, 119, 'delete_municipalityspace', 'Can delete espacio de un municipio'),
(474, 119, 'view_municipalityspace', 'Can view espacio de un municipio'),
(475, 118, 'add_municipalityproposal', 'Can add alta de un municipio'),
(476, 118, 'change_municipalityproposal', 'Can change alta de un municipio'),
(477, 118, 'delete_municipalityproposal', 'Can delete alta de un municipio'),
(478, 118, 'view_municipalityproposal', 'Can view alta de un municipio'),
(479, 122, 'add_reviewerproposal', 'Can add propuesta de quien revisa'),
(480, 122, 'change_reviewerproposal', 'Can change propuesta de quien revisa'),
(481, 122, 'delete_reviewerproposal', 'Can delete propuesta de quien revisa'),
(482, 122, 'view_reviewerproposal', 'Can view propuesta de quien revisa'),
(483, 120, 'add_provisionedpage', 'Can add página creada de la plantilla'),
(484, 120, 'change_provisionedpage', 'Can change página creada de la plantilla'),
(485, 120, 'delete_provisionedpage', 'Can delete página creada de la plantilla'),
(486, 120, 'view_provisionedpage', 'Can view página creada de la plantilla'),
(487, 121, 'add_reviewagreement', 'Can add acuerdo de revisión'),
(488, 121, 'change_reviewagreement', 'Can change acuerdo de revisión'),
(489, 121, 'delete_reviewagreement', 'Can delete acuerdo de revisión'),
(490, 121, 'view_reviewagreement', 'Can view acuerdo de revisión'),
(491, 124, 'add_deadlinesettings', 'Can add plazos y avisos'),
(492, 124, 'change_deadlinesettings', 'Can change plazos y avisos'),
(493, 124, 'delete_deadlinesettings', 'Can delete plazos y avisos'),
(494, 124, 'view_deadlinesettings', 'Can view plazos y avisos'),
(495, 126, 'add_reportnotice', 'Can add aviso de un reporte'),
(496, 126, 'change_reportnotice', 'Can change aviso de un reporte'),
(497, 126, 'delete_reportnotice', 'Can delete aviso de un reporte'),
(498, 126, 'view_reportnotice', 'Can view aviso de un reporte'),
(499, 127, 'add_reviewnotice', 'Can add aviso de una revisión'),
(500, 127, 'change_reviewnotice', 'Can change aviso de una revisión'),
(501, 127, 'delete_reviewnotice', 'Can delete aviso de una revisión'),
(502, 127, 'view_reviewnotice', 'Can view aviso de una revisión'),
(503, 125, 'add_observationnotice', 'Can add aviso de una observación'),
(504, 125, 'change_observationnotice', 'Can change aviso de una observación'),
(505, 125, 'delete_observationnotice', 'Can delete aviso de una observación'),
(506, 125, 'view_observationnotice', 'Can view aviso de una observación'),
(507, 130, 'add_suspensionact', 'Can add suspensión de un micrositio'),
(508, 130, 'change_suspensionact', 'Can change suspensión de un micrositio'),
(509, 130, 'delete_suspensionact', 'Can delete suspensión de un micrositio'),
(510, 130, 'view_suspensionact', 'Can view suspensión de un micrositio'),
(511, 128, 'add_administrationact', 'Can add cambio de administración'),
(512, 128, 'change_administrationact', 'Can change cambio de administración'),
(513, 128, 'delete_administrationact', 'Can delete cambio de administración'),
(514, 128, 'view_administrationact', 'Can view cambio de administración'),
(515, 129, 'add_handoveract', 'Can add relevo de una institución'),
(516, 129, 'change_handoveract', 'Can change relevo de una institución'),
(517, 129, 'delete_handoveract', 'Can delete relevo de una institución'),
(518, 129, 'view_handoveract', 'Can view relevo de una institución'),
(519, 131, 'add_micrositecopy', 'Can add copia de un micrositio'),
(520, 131, 'change_micrositecopy', 'Can change copia de un micrositio'),
(521, 131, 'delete_micrositecopy', 'Can delete copia de un micrositio'),
(522, 131, 'view_micrositecopy', 'Can view copia de un micrositio'),
(523, 132, 'add_delegation', 'Can add delegación'),
(524, 132, 'change_delegation', 'Can change delegación'),
(525, 132, 'delete_delegation', 'Can delete delegación'),
(526, 132, 'view_delegation', 'Can view delegación'),
(527, 133, 'add_guestlink', 'Can add enlace de lectura'),
(528, 133, 'change_guestlink', 'Can change enlace de lectura'),
(529, 133, 'delete_guestlink', 'Can delete enlace de lectura'),
(530, 133, 'view_guestlink', 'Can view enlace de lectura'),
(531, 134, 'add_redaction', 'Can add texto con datos ocultos'),
(532, 134, 'change_redaction', 'Can change texto con datos ocultos'),
(533, 134, 'delete_redaction', 'Can delete texto con datos ocultos'),
(534, 134, 'view_redaction', 'Can view texto con datos ocultos'),
(535, 135, 'add_translatedsource', 'Can add original de una traducción'),
(536, 135, 'change_translatedsource', 'Can change original de una traducción'),
(537, 135, 'delete_translatedsource', 'Can delete original de una traducción'),
(538, 135, 'view_translatedsource', 'Can view original de una traducción'),
(539, 136, 'add_bundle', 'Can add paquete'),
(540, 136, 'change_bundle', 'Can change paquete'),
(541, 136, 'delete_bundle', 'Can delete paquete'),
(542, 136, 'view_bundle', 'Can view paquete'),
(543, 138, 'add_bundleitem', 'Can add página de un paquete'),
(544, 138, 'change_bundleitem', 'Can change página de un paquete'),
(545, 138, 'delete_bundleitem', 'Can delete página de un paquete'),
(546, 138, 'view_bundleitem', 'Can view página de un paquete'),
(547, 137, 'add_bundledecision', 'Can add aprobación dentro de un paquete'),
(548, 137, 'change_bundledecision', 'Can change aprobación dentro de un paquete'),
(549, 137, 'delete_bundledecision', 'Can delete aprobación dentro de un paquete'),
(550, 137, 'view_bundledecision', 'Can view aprobación dentro de un paquete'),
(551, 139, 'add_importbatch', 'Can add lote de importación'),
(552, 139, 'change_importbatch', 'Can change lote de importación'),
(553, 139, 'delete_importbatch', 'Can delete lote de importación'),
(554, 139, 'view_importbatch', 'Can view lote de importación'),
(555, 141, 'add_importedversion', 'Can add versión de un lote'),
(556, 141, 'change_importedversion', 'Can change versión de un lote'),
(557, 141, 'delete_importedversion', 'Can delete versión de un lote'),
(558, 141, 'view_importedversion', 'Can view versión de un lote'),
(559, 140, 'add_importedrow', 'Can add ficha de un lote'),
(560, 140, 'change_importedrow', 'Can change ficha de un lote'),
(561, 140, 'delete_importedrow', 'Can delete ficha de un lote'),
(562, 140, 'view_importedrow', 'Can view ficha de un lote'),
(563, 142, 'add_deletionproposal', 'Can add propuesta de borrado'),
(564, 142, 'change_deletionproposal', 'Can change propuesta de borrado'),
(565, 142, 'delete_deletionproposal', 'Can delete propuesta de borrado'),
(566, 142, 'view_deletionproposal', 'Can view propuesta de borrado'),
(567, 145, 'add_rulingbatch', 'Can add lote de sentencias'),
(568, 145, 'change_rulingbatch', 'Can change lote de sentencias'),
(569, 145, 'delete_rulingbatch', 'Can delete lote de sentencias'),
(570, 145, 'view_rulingbatch', 'Can view lote de sentencias'),
(571, 144, 'add_monthlycount', 'Can add cuenta del mes'),
(572, 144, 'change_monthlycount', 'Can change cuenta del mes'),
(573, 144, 'delete_monthlycount', 'Can delete cuenta del mes'),
(574, 144, 'view_monthlycount', 'Can view cuenta del mes'),
(575, 143, 'add_batchpage', 'Can add página de un lote'),
(576, 143, 'change_batchpage', 'Can change página de un lote'),
(577, 143, 'delete_batchpage', 'Can delete página de un lote'),
(578, 143, 'view_batchpage', 'Can view página de un lote'),
(579, 146, 'add_sitecheck', 'Can add revisión de un sitio'),
(580, 146, 'change_sitecheck', 'Can change revisión de un sitio'),
(581, 146, 'delete_sitecheck', 'Can delete revisión de un sitio'),
(582, 146, 'view_sitecheck', 'Can view revisión de un sitio'),
(583, 147, 'add_daykey', 'Can add llave del día'),
(584, 147, 'change_daykey', 'Can change llave del día'),
(585, 147, 'delete_daykey', 'Can delete llave del día'),
(586, 147, 'view_daykey', 'Can view llave del día'),
(587, 150, 'add_outboxentry', 'Can add cambio por indizar'),
(588, 150, 'change_outboxentry', 'Can change cambio por indizar'),
(589, 150, 'delete_outboxentry', 'Can delete cambio por indizar'),
(590, 150, 'view_outboxentry', 'Can view cambio por indizar'),
(591, 153, 'add_querynote', 'Can add pregunta anotada'),
(592, 153, 'change_querynote', 'Can change pregunta anotada'),
(593, 153, 'delete_querynote', 'Can delete pregunta anotada'),
(594, 153, 'view_querynote', 'Can view pregunta anotada'),
(595, 152, 'add_promotedresult', 'Can add resultado destacado'),
(596, 152, 'change_promotedresult', 'Can change resultado destacado'),
(597, 152, 'delete_promotedresult', 'Can delete resultado destacado'),
(598, 152, 'view_promotedresult', 'Can view resultado destacado'),
(599, 148, 'add_fingerprint', 'Can add huella en el buscador'),
(600, 148, 'change_fingerprint', 'Can change huella en el buscador'),
(601, 148, 'delete_fingerprint', 'Can delete huella en el buscador'),
(602, 148, 'view_fingerprint', 'Can view huella en el buscador'),
(603, 149, 'add_indexrebuild', 'Can add índice en construcción'),
(604, 149, 'change_indexrebuild', 'Can change índice en construcción'),
(605, 149, 'delete_indexrebuild', 'Can delete índice en construcción'),
(606, 149, 'view_indexrebuild', 'Can view índice en construcción'),
(607, 157, 'add_workerbeat', 'Can add trabajador del buscador'),
(608, 157, 'change_workerbeat', 'Can change trabajador del buscador'),
(609, 157, 'delete_workerbeat', 'Can delete trabajador del buscador'),
(610, 157, 'view_workerbeat', 'Can view trabajador del buscador'),
(611, 154, 'add_rebuildchange', 'Can add cambio durante la construcción'),
(612, 154, 'change_rebuildchange', 'Can change cambio durante la construcción'),
(613, 154, 'delete_rebuildchange', 'Can delete cambio durante la construcción'),
(614, 154, 'view_rebuildchange', 'Can view cambio durante la construcción'),
(615, 155, 'add_rebuildslice', 'Can add tramo de un índice en construcción'),
(616, 155, 'change_rebuildslice', 'Can change tramo de un índice en construcción'),
(617, 155, 'delete_rebuildslice', 'Can delete tramo de un índice en construcción'),
(618, 155, 'view_rebuildslice', 'Can view tramo de un índice en construcción'),
(619, 151, 'add_pagewords', 'Can add palabras de una página'),
(620, 151, 'change_pagewords', 'Can change palabras de una página'),
(621, 151, 'delete_pagewords', 'Can delete palabras de una página'),
(622, 151, 'view_pagewords', 'Can view palabras de una página'),
(623, 156, 'add_wordcount', 'Can add palabra que se sugiere'),
(624, 156, 'change_wordcount', 'Can change palabra que se sugiere'),
(625, 156, 'delete_wordcount', 'Can delete palabra que se sugiere'),
(626, 156, 'view_wordcount', 'Can view palabra que se sugiere'),
(627, 158, 'add_emailaddress', 'Can add email address'),
(628, 158, 'change_emailaddress', 'Can change email address'),
(629, 158, 'delete_emailaddress', 'Can delete email address'),
(630, 158, 'view_emailaddress', 'Can view email address'),
(631, 159, 'add_emailconfirmation', 'Can add email confirmation'),
(632, 159, 'change_emailconfirmation', 'Can change email confirmation'),
(633, 159, 'delete_emailconfirmation', 'Can delete email confirmation'),
(634, 159, 'view_emailconfirmation', 'Can view email confirmation'),
(635, 160, 'add_authenticator', 'Can add authenticator'),
(636, 160, 'change_authenticator', 'Can change authenticator'),
(637, 160, 'delete_authenticator', 'Can delete authenticator'),
(638, 160, 'view_authenticator', 'Can view authenticator'),
(639, 161, 'add_usersession', 'Can add user session'),
(640, 161, 'change_usersession', 'Can change user session'),
(641, 161, 'delete_usersession', 'Can delete user session'),
(642, 161, 'view_usersession', 'Can view user session'),
(643, 166, 'add_string', 'Can add string'),
(644, 166, 'change_string', 'Can change string'),
(645, 166, 'delete_string', 'Can delete string'),
(646, 166, 'view_string', 'Can view string'),
(647, 169, 'add_template', 'Can add template'),
(648, 169, 'change_template', 'Can change template'),
(649, 169, 'delete_template', 'Can delete template'),
(650, 169, 'view_template', 'Can view template'),
(651, 171, 'add_translatableobject', 'Can add translatable object'),
(652, 171, 'change_translatableobject', 'Can change translatable object'),
(653, 171, 'delete_translatableobject', 'Can delete translatable object'),
(654, 171, 'view_translatableobject', 'Can view translatable object'),
(655, 174, 'add_translationsource', 'Can add translation source'),
(656, 174, 'change_translationsource', 'Can change translation source'),
(657, 174, 'delete_translationsource', 'Can delete translation source'),
(658, 174, 'view_translationsource', 'Can view translation source'),
(659, 173, 'add_translationlog', 'Can add translation log'),
(660, 173, 'change_translationlog', 'Can change translation log'),
(661, 173, 'delete_translationlog', 'Can delete translation log'),
(662, 173, 'view_translationlog', 'Can view translation log'),
(663, 172, 'add_translationcontext', 'Can add translation context'),
(664, 172, 'change_translationcontext', 'Can change translation context'),
(665, 172, 'delete_translationcontext', 'Can delete translation context'),
(666, 172, 'view_translationcontext', 'Can view translation context'),
(667, 170, 'add_templatesegment', 'Can add template segment'),
(668, 170, 'change_templatesegment', 'Can change template segment'),
(669, 170, 'delete_templatesegment', 'Can delete template segment'),
(670, 170, 'view_templatesegment', 'Can view template segment'),
(671, 167, 'add_stringsegment', 'Can add string segment'),
(672, 167, 'change_stringsegment', 'Can change string segment'),
(673, 167, 'delete_stringsegment', 'Can delete string segment'),
(674, 167, 'view_stringsegment', 'Can view string segment'),
(675, 164, 'add_relatedobjectsegment', 'Can add related object segment'),
(676, 164, 'change_relatedobjectsegment', 'Can change related object segment'),
(677, 164, 'delete_relatedobjectsegment', 'Can delete related object segment'),
(678, 164, 'view_relatedobjectsegment', 'Can view related object segment'),
(679, 168, 'add_stringtranslation', 'Can add string translation'),
(680, 168, 'change_stringtranslation', 'Can change string translation'),
(681, 168, 'delete_stringtranslation', 'Can delete string translation'),
(682, 168, 'view_stringtranslation', 'Can view string translation'),
(683, 27, 'add_translation', 'Can add translation'),
(684, 27, 'change_translation', 'Can change translation'),
(685, 27, 'delete_translation', 'Can delete translation'),
(686, 27, 'view_translation', 'Can view translation'),
(687, 163, 'add_overridablesegment', 'Can add overridable segment'),
(688, 163, 'change_overridablesegment', 'Can change overridable segment'),
(689, 163, 'delete_overridablesegment', 'Can delete overridable segment'),
(690, 163, 'view_overridablesegment', 'Can view overridable segment'),
(691, 165, 'add_segmentoverride', 'Can add segment override'),
(692, 165, 'change_segmentoverride', 'Can change segment override'),
(693, 165, 'delete_segmentoverride', 'Can delete segment override'),
(694, 165, 'view_segmentoverride', 'Can view segment override'),
(695, 162, 'add_localesynchronization', 'Can add locale synchronization'),
(696, 162, 'change_localesynchronization', 'Can change locale synchronization'),
(697, 162, 'delete_localesynchronization', 'Can delete locale synchronization'),
(698, 162, 'view_localesynchronization', 'Can view locale synchronization'),
(699, 175, 'add_redirect', 'Can add redirect'),
(700, 175, 'change_redirect', 'Can change redirect'),
(701, 175, 'delete_redirect', 'Can delete redirect'),
(702, 175, 'view_redirect', 'Can view redirect'),
(703, 176, 'add_embed', 'Can add embed'),
(704, 176, 'change_embed', 'Can change embed'),
(705, 176, 'delete_embed', 'Can delete embed'),
(706, 176, 'view_embed', 'Can view embed'),
(707, 177, 'add_userprofile', 'Can add user profile'),
(708, 177, 'change_userprofile', 'Can change user profile'),
(709, 177, 'delete_userprofile', 'Can delete user profile'),
(710, 177, 'view_userprofile', 'Can view user profile'),
(711, 37, 'publish_declaredfigure', 'Can publish cifra declarada'),
(712, 38, 'publish_glossaryterm', 'Can publish término del glosario'),
(713, 40, 'publish_institution', 'Can publish institución'),
(714, 42, 'publish_listedstep', 'Can publish paso de una lista'),
(715, 43, 'publish_municipality', 'Can publish municipio'),
(716, 44, 'publish_officialcontact', 'Can publish contacto oficial'),
(717, 45, 'publish_person', 'Can publish persona'),
(718, 48, 'publish_seat', 'Can publish asiento'),
(719, 49, 'publish_secretariat', 'Can publish secretariado técnico'),
(720, 50, 'publish_steplist', 'Can publish lista de pasos'),
(721, 152, 'publish_promotedresult', 'Can publish resultado destacado'),
(722, 29, 'view_document', 'Can view document'),
(723, 28, 'view_image', 'Can view image'),
(724, 178, 'add_rendition', 'Can add rendition'),
(725, 178, 'change_rendition', 'Can change rendition'),
(726, 178, 'delete_rendition', 'Can delete rendition'),
(727, 178, 'view_rendition', 'Can view rendition'),
(728, 179, 'add_indexentry', 'Can add index entry'),
(729, 179, 'change_indexentry', 'Can change index entry'),
(730, 179, 'delete_indexentry', 'Can delete index entry'),
(731, 179, 'view_indexentry', 'Can view index entry'),
(732, 180, 'add_sqliteftsindexentry', 'Can add sqliteftsindexentry'),
(733, 180, 'change_sqliteftsindexentry', 'Can change sqliteftsindexentry'),
(734, 180, 'delete_sqliteftsindexentry', 'Can delete sqliteftsindexentry'),
(735, 180, 'view_sqliteftsindexentry', 'Can view sqliteftsindexentry'),
(736, 181, 'add_editingsession', 'Can add editing session'),
(737, 181, 'change_editingsession', 'Can change editing session'),
(738, 181, 'delete_editingsession', 'Can delete editing session'),
(739, 181, 'view_editingsession', 'Can view editing session'),
(740, 182, 'add_formstate', 'Can add form state'),
(741, 182, 'change_formstate', 'Can change form state'),
(742, 182, 'delete_formstate', 'Can delete form state'),
(743, 182, 'view_formstate', 'Can view form state'),
(744, 183, 'add_tag', 'Can add tag'),
(745, 183, 'change_tag', 'Can change tag'),
(746, 183, 'delete_tag', 'Can delete tag'),
(747, 183, 'view_tag', 'Can view tag'),
(748, 184, 'add_taggeditem', 'Can add tagged item'),
(749, 184, 'change_taggeditem', 'Can change tagged item'),
(750, 184, 'delete_taggeditem', 'Can delete tagged item'),
(751, 184, 'view_taggeditem', 'Can view tagged item'),
(752, 185, 'add_dbtaskresult', 'Can add Task Result'),
(753, 185, 'change_dbtaskresult', 'Can change Task Result'),
(754, 185, 'delete_dbtaskresult', 'Can delete Task Result'),
(755, 185, 'view_dbtaskresult', 'Can view Task Result'),
(756, 187, 'add_permission', 'Can add permission'),
(757, 187, 'change_permission', 'Can change permission'),
(758, 187, 'delete_permission', 'Can delete permission'),
(759, 187, 'view_permission', 'Can view permission'),
(760, 186, 'add_group', 'Can add group'),
(761, 186, 'change_group', 'Can change group'),
(762, 186, 'delete_group', 'Can delete group'),
(763, 186, 'view_group', 'Can view group'),
(764, 188, 'add_contenttype', 'Can add content type'),
(765, 188, 'change_contenttype', 'Can change content type'),
(766, 188, 'delete_contenttype', 'Can delete content type'),
(767, 188, 'view_contenttype', 'Can view content type'),
(768, 189, 'add_session', 'Can add session'),
(769, 189, 'change_session', 'Can change session'),
(770, 189, 'delete_session', 'Can delete session'),
(771, 189, 'view_session', 'Can view session');
INSERT INTO "wagtailcore_collection" VALUES
(1, '0001', 1, 0, 'Raíz');
INSERT INTO "wagtailcore_site" VALUES
(1, 'localhost', 80, 1, 2, '');
INSERT INTO "wagtailcore_task" VALUES
(1, 'Moderators approval', 0, 2);
INSERT INTO "wagtailcore_groupapprovaltask" VALUES
(1);
INSERT INTO "wagtailcore_locale" VALUES
(1, 'es-mx');
INSERT INTO "wagtailcore_page" VALUES
(1, '0001', 1, 1, 'Raíz', 'root', 1, 0, '/', '', 0, '', NULL, NULL, 0, 1, NULL, 0, NULL, NULL, NULL, NULL, 'Raíz', NULL, NULL, 1, '125f128484a14b348ab1de672fbd4c39', NULL, NULL),
(2, '00010001', 2, 0, 'Welcome to your new Wagtail site!', 'home', 1, 0, '/home/', '', 0, '', NULL, NULL, 0, 1, NULL, 0, NULL, NULL, NULL, NULL, 'Welcome to your new Wagtail site!', NULL, NULL, 1, 'b41c0faa7d8d4b118645cc2880fec41c', NULL, NULL);
INSERT INTO "registry_sdggoal" VALUES
(1, 'Fin de la pobreza'),
(2, 'Hambre cero'),
(3, 'Salud y bienestar'),
(4, 'Educación de calidad'),
(5, 'Igualdad de género'),
(6, 'Agua limpia y saneamiento'),
(7, 'Energía asequible y no contaminante'),
(8, 'Trabajo decente y crecimiento económico'),
(9, 'Industria, innovación e infraestructura'),
(10, 'Reducción de las desigualdades'),
(11, 'Ciudades y comunidades sostenibles'),
(12, 'Producción y consumo responsables'),
(13, 'Acción por el clima'),
(14, 'Vida submarina'),
(15, 'Vida de ecosistemas terrestres'),
(16, 'Paz, justicia e instituciones sólidas'),
(17, 'Alianzas para lograr los objetivos');
INSERT INTO "registry_sdgtarget" VALUES
('1.1', 'Acabar con la pobreza extrema en todo el mundo', 1, 1),
('1.2', 'Bajar al menos a la mitad la pobreza en todas sus formas', 2, 1),
('1.3', 'Tener protección social para toda la población, y antes para la más pobre', 3, 1),
('1.4', 'Dar acceso igual a recursos, servicios básicos, tierra y tecnología', 4, 1),
('1.5', 'Ayudar a la población pobre a resistir desastres y crisis', 5, 1),
('1.a', 'Reunir dinero suficiente para los programas contra la pobreza', 6, 1),
('1.b', 'Crear políticas que favorezcan a las personas pobres y a las mujeres', 7, 1),
('2.1', 'Que nadie pase hambre y todas las personas coman bien todo el año', 1, 2),
('2.2', 'Acabar con la mala nutrición, sobre todo en la niñez y el embarazo', 2, 2),
('2.3', 'Duplicar lo que producen y ganan quienes cultivan a pequeña escala', 3, 2),
('2.4', 'Producir alimentos de forma sostenible y resistente al clima', 4, 2),
('2.5', 'Cuidar la variedad de semillas, plantas y animales de granja', 5, 2),
('2.a', 'Invertir más en el campo, la investigación y la infraestructura rural', 6, 2),
('2.b', 'Corregir las reglas injustas del comercio agrícola mundial', 7, 2),
('2.c', 'Cuidar que funcionen bien los mercados de alimentos y sus precios', 8, 2),
('3.1', 'Reducir las muertes de mujeres por embarazo y parto', 1, 3),
('3.2', 'Evitar las muertes prevenibles de recién nacidos y menores de 5 años', 2, 3),
('3.3', 'Terminar con las epidemias de sida, tuberculosis y malaria', 3, 3),
('3.4', 'Reducir las muertes por enfermedades crónicas y cuidar la salud mental', 4, 3),
('3.5', 'Prevenir y tratar el abuso de drogas y alcohol', 5, 3),
('3.6', 'Bajar a la mitad las muertes y heridas por choques de tránsito', 6, 3),
('3.7', 'Dar acceso a servicios de salud sexual y reproductiva', 7, 3),
('3.8', 'Lograr que la salud llegue a todas las personas sin arruinar su bolsillo', 8, 3),
('3.9', 'Reducir muertes y enfermedades por contaminación y químicos', 9, 3),
('3.a', 'Reforzar el control del tabaco', 10, 3),
('3.b', 'Apoyar la creación de vacunas y medicinas y el acceso a ellas', 11, 3),
('3.c', 'Financiar más la salud y contar con más personal capacitado', 12, 3),
('3.d', 'Prepararse para alertar y responder ante riesgos de salud', 13, 3),
('4.1', 'Que niñas y niños terminen primaria y secundaria gratis y con calidad', 1, 4),
('4.2', 'Dar atención y preescolar de calidad a la primera infancia', 2, 4),
('4.3', 'Abrir por igual la formación técnica, profesional y universitaria', 3, 4),
('4.4', 'Que más jóvenes y personas adultas tengan habilidades para trabajar', 4, 4),
('4.5', 'Acabar con la desigualdad de género y de acceso en la educación', 5, 4),
('4.6', 'Que jóvenes y personas adultas sepan leer, escribir y usar números', 6, 4),
('4.7', 'Enseñar desarrollo sostenible, derechos humanos, igualdad y paz', 7, 4),
('4.a', 'Tener escuelas seguras, accesibles y adecuadas para todas las personas', 8, 4),
('4.b', 'Ofrecer más becas de estudios superiores a países en desarrollo', 9, 4),
('4.c', 'Contar con más docentes bien preparados', 10, 4),
('5.1', 'Terminar toda discriminación contra mujeres y niñas', 1, 5),
('5.2', 'Eliminar toda violencia contra mujeres y niñas', 2, 5),
('5.3', 'Acabar con el matrimonio infantil y la mutilación genital', 3, 5),
('5.4', 'Reconocer y repartir el trabajo de cuidados que nadie paga', 4, 5),
('5.5', 'Que las mujeres participen y lideren en igualdad de condiciones', 5, 5),
('5.6', 'Garantizar la salud y los derechos sexuales y reproductivos', 6, 5),
('5.a', 'Dar a las mujeres igual derecho a bienes, tierra y servicios financieros', 7, 5),
('5.b', 'Usar más la tecnología para fortalecer a las mujeres', 8, 5),
('5.c', 'Aprobar y aplicar leyes y políticas de igualdad de género', 9, 5),
('6.1', 'Dar agua potable segura y a buen precio a todas las personas', 1, 6),
('6.2', 'Dar servicios de higiene y saneamiento dignos a todas las personas', 2, 6),
('6.3', 'Mejorar la calidad del agua y tratar más aguas residuales', 3, 6),
('6.4', 'Usar el agua con eficiencia para que no falte', 4, 6),
('6.5', 'Manejar el agua de forma conjunta entre regiones y países', 5, 6),
('6.6', 'Proteger bosques, humedales, ríos y lagos que nos dan agua', 6, 6),
('6.a', 'Ampliar la cooperación internacional en agua y saneamiento', 7, 6),
('6.b', 'Que las comunidades participen en la gestión del agua', 8, 6),
('7.1', 'Dar a todas las personas energía moderna a un precio que puedan pagar', 1, 7),
('7.2', 'Usar mucha más energía renovable', 2, 7),
('7.3', 'Duplicar el ritmo de mejora en el ahorro de energía', 3, 7),
('7.a', 'Cooperar en investigación e inversión para energía limpia', 4, 7),
('7.b', 'Ampliar la infraestructura de energía en países en desarrollo', 5, 7),
('8.1', 'Mantener el crecimiento de la economía por persona', 1, 8),
('8.2', 'Producir más con variedad, tecnología e innovación', 2, 8),
('8.3', 'Apoyar el empleo digno, el emprendimiento y las empresas pequeñas', 3, 8),
('8.4', 'Usar mejor los recursos para crecer sin dañar el ambiente', 4, 8),
('8.5', 'Lograr empleo pleno y digno con igual paga por igual trabajo', 5, 8),
('8.6', 'Reducir el número de jóvenes que no estudian ni trabajan', 6, 8),
('8.7', 'Acabar con el trabajo forzoso, la trata y el trabajo infantil', 7, 8),
('8.8', 'Proteger los derechos laborales y la seguridad en el trabajo', 8, 8),
('8.9', 'Impulsar un turismo sostenible que dé empleo y cuide la cultura', 9, 8),
('8.10', 'Acercar los servicios bancarios y financieros a todas las personas', 10, 8),
('8.a', 'Apoyar más el comercio de los países en desarrollo', 11, 8),
('8.b', 'Tener una estrategia mundial de empleo para jóvenes', 12, 8),
('9.1', 'Construir infraestructura de calidad, resistente y accesible', 1, 9),
('9.2', 'Promover una industria incluyente y sostenible', 2, 9),
('9.3', 'Dar más crédito y mercado a las empresas pequeñas', 3, 9),
('9.4', 'Modernizar la infraestructura y la industria para que contaminen menos', 4, 9),
('9.5', 'Aumentar la investigación científica y la capacidad tecnológica', 5, 9),
('9.a', 'Apoyar la infraestructura sostenible de países en desarrollo', 6, 9),
('9.b', 'Respaldar la tecnología y la innovación propias de cada país', 7, 9),
('9.c', 'Ampliar el acceso a internet y a las telecomunicaciones', 8, 9),
('10.1', 'Aumentar los ingresos del 40 % más pobre', 1, 10),
('10.2', 'Incluir a todas las personas en lo social, económico y político', 2, 10),
('10.3', 'Dar igualdad de oportunidades y quitar leyes que discriminan', 3, 10),
('10.4', 'Adoptar políticas fiscales, salariales y sociales más justas', 4, 10),
('10.5', 'Vigilar mejor los mercados financieros del mundo', 5, 10),
('10.6', 'Dar más voz a los países en desarrollo en organismos mundiales', 6, 10),
('10.7', 'Facilitar una migración ordenada, segura y responsable', 7, 10),
('10.a', 'Dar trato especial en el comercio a los países en desarrollo', 8, 10),
('10.b', 'Llevar ayuda e inversión a los países que más lo necesitan', 9, 10),
('10.c', 'Bajar lo que cuesta enviar remesas', 10, 10),
('11.1', 'Dar vivienda segura, con servicios y a buen precio', 1, 11),
('11.2', 'Ofrecer transporte seguro, accesible y sostenible', 2, 11),
('11.3', 'Planear las ciudades con la participación de su gente', 3, 11),
('11.4', 'Proteger el patrimonio cultural y natural', 4, 11),
('11.5', 'Reducir las muertes y pérdidas por desastres', 5, 11),
('11.6', 'Bajar el daño ambiental de las ciudades: aire y basura', 6, 11),
('11.7', 'Dar acceso a parques y espacios públicos seguros', 7, 11),
('11.a', 'Unir mejor a las zonas urbanas, cercanas y rurales', 8, 11),
('11.b', 'Tener más ciudades con planes contra desastres y cambio climático', 9, 11),
('11.c', 'Apoyar construcciones sostenibles con materiales locales', 10, 11),
('12.1', 'Aplicar el plan mundial de consumo y producción sostenibles', 1, 12),
('12.2', 'Aprovechar los recursos naturales con eficiencia', 2, 12),
('12.3', 'Bajar a la mitad el desperdicio de alimentos', 3, 12),
('12.4', 'Manejar bien los químicos y los desechos', 4, 12),
('12.5', 'Generar menos basura: prevenir, reducir, reciclar y reusar', 5, 12),
('12.6', 'Animar a las empresas a ser sostenibles y a informarlo', 6, 12),
('12.7', 'Hacer compras públicas sostenibles', 7, 12),
('12.8', 'Informar a todas las personas para vivir en armonía con la naturaleza', 8, 12),
('12.a', 'Ayudar a los países en desarrollo con ciencia y tecnología', 9, 12),
('12.b', 'Medir los efectos del turismo sostenible', 10, 12),
('12.c', 'Corregir los subsidios a combustibles que fomentan el derroche', 11, 12),
('13.1', 'Resistir y adaptarse a los riesgos del clima', 1, 13),
('13.2', 'Incluir el cambio climático en políticas y planes', 2, 13),
('13.3', 'Enseñar y prepararse frente al cambio climático', 3, 13),
('13.a', 'Cumplir el financiamiento prometido contra el cambio climático', 4, 13),
('13.b', 'Mejorar la planeación climática en los países menos adelantados', 5, 13),
('14.1', 'Prevenir y reducir la contaminación del mar', 1, 14),
('14.2', 'Cuidar y restaurar los ecosistemas de mares y costas', 2, 14),
('14.3', 'Reducir la acidez de los océanos', 3, 14),
('14.4', 'Regular la pesca y acabar con la ilegal y excesiva', 4, 14),
('14.5', 'Conservar al menos 10 % de las zonas de mar y costa', 5, 14),
('14.6', 'Quitar los subsidios que llevan a pescar de más', 6, 14),
('14.7', 'Dar más beneficios del mar a los pequeños países insulares', 7, 14),
('14.a', 'Aumentar la ciencia y la tecnología sobre el mar', 8, 14),
('14.b', 'Dar a la pesca artesanal acceso al mar y a los mercados', 9, 14),
('14.c', 'Aplicar el derecho internacional del mar', 10, 14),
('15.1', 'Conservar y restaurar bosques, humedales, montañas y tierras secas', 1, 15),
('15.2', 'Manejar bien los bosques y frenar la deforestación', 2, 15),
('15.3', 'Luchar contra la desertificación y recuperar suelos', 3, 15),
('15.4', 'Conservar los ecosistemas de montaña', 4, 15),
('15.5', 'Frenar la pérdida de especies y de sus hábitats', 5, 15),
('15.6', 'Repartir con justicia los beneficios de los recursos genéticos', 6, 15),
('15.7', 'Acabar con la caza y el tráfico de especies protegidas', 7, 15),
('15.8', 'Evitar la entrada de especies invasoras', 8, 15),
('15.9', 'Incluir la naturaleza en los planes y cuentas públicas', 9, 15),
('15.a', 'Reunir más dinero para conservar la biodiversidad', 10, 15),
('15.b', 'Reunir más dinero para el manejo de los bosques', 11, 15),
('15.c', 'Apoyar en el mundo la lucha contra la caza furtiva', 12, 15),
('16.1', 'Reducir toda forma de violencia y las muertes que causa', 1, 16),
('16.2', 'Acabar con el maltrato, la explotación y la trata de la niñez', 2, 16),
('16.3', 'Que la ley se cumpla y la justicia llegue a todas las personas', 3, 16),
('16.4', 'Reducir el dinero y las armas ilegales y combatir el crimen organizado', 4, 16),
('16.5', 'Reducir mucho la corrupción y el soborno', 5, 16),
('16.6', 'Tener instituciones eficaces y transparentes que rindan cuentas', 6, 16),
('16.7', 'Decidir con la participación y representación de todas las personas', 7, 16),
('16.8', 'Dar más lugar a los países en desarrollo en el gobierno mundial', 8, 16),
('16.9', 'Dar identidad legal y registro de nacimiento a todas las personas', 9, 16),
('16.10', 'Garantizar el acceso a la información y las libertades fundamentales', 10, 16),
('16.a', 'Fortalecer las instituciones para prevenir la violencia y el delito', 11, 16),
('16.b', 'Aplicar leyes y políticas que no discriminen', 12, 16),
('17.1', 'Recaudar mejor los ingresos propios de cada país', 1, 17),
('17.2', 'Que los países ricos cumplan su ayuda prometida', 2, 17),
('17.3', 'Reunir más recursos de otras fuentes para países en desarrollo', 3, 17),
('17.4', 'Ayudar a los países a manejar su deuda', 4, 17),
('17.5', 'Promover la inversión en los países menos adelantados', 5, 17),
('17.6', 'Compartir ciencia, tecnología y conocimiento entre países', 6, 17),
('17.7', 'Llevar tecnologías limpias a los países en desarrollo', 7, 17),
('17.8', 'Poner en marcha el banco de tecnología para los países menos adelantados', 8, 17),
('17.9', 'Ayudar a los países a crear capacidades para cumplir los objetivos', 9, 17),
('17.10', 'Tener un comercio mundial abierto, justo y con reglas', 10, 17),
('17.11', 'Aumentar las exportaciones de los países en desarrollo', 11, 17),
('17.12', 'Abrir mercados a los países menos adelantados sin aranceles ni cuotas', 12, 17),
('17.13', 'Cuidar la estabilidad de la economía mundial', 13, 17),
('17.14', 'Hacer coherentes las políticas de desarrollo sostenible', 14, 17),
('17.15', 'Respetar que cada país decida sus políticas de desarrollo', 15, 17),
('17.16', 'Reforzar la alianza mundial para el desarrollo sostenible', 16, 17),
('17.17', 'Impulsar alianzas entre gobierno, empresas y sociedad civil', 17, 17),
('17.18', 'Tener más y mejores datos, separados por grupo de población', 18, 17),
('17.19', 'Medir el progreso más allá del producto interno bruto', 19, 17);
INSERT INTO "spaces_templatepage" VALUES
(1, 'plan', 'Plan de acción municipal', 'plan', 'Los compromisos de gobierno abierto de {municipio} y su avance.', 1, 0, 1, 10),
(2, 'secretariat', 'Secretariado técnico municipal', 'secretariado', 'Quiénes integran el secretariado técnico de {municipio} y qué acuerdan en sus sesiones.', 1, 0, 1, 20),
(3, 'roadmap', 'Hoja de ruta', 'hoja-de-ruta', 'Los pasos de {municipio} hacia su plan de acción municipal.', 1, 0, 1, 30),
(4, 'calls', 'Convocatorias', 'convocatorias', 'Las invitaciones a participar en {municipio}.', 1, 0, 1, 40),
(5, 'news', 'Noticias', 'noticias', 'Lo más reciente de {municipio}.', 1, 0, 1, 50),
(6, 'contact', 'Contacto', 'contacto', 'Dónde está y cómo se contacta la oficina de gobierno abierto de {municipio}.', 1, 0, 1, 60);
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" VALUES
('django_migrations', 338),
('django_content_type', 189),
('auth_permission', 771),
('auth_group', 2),
('wagtailcore_collection', 1),
('wagtailcore_pageviewrestriction', 0),
('wagtailcore_site', 1),
('wagtailcore_task', 1),
('wagtailcore_groupapprovaltask_groups', 1),
('wagtailcore_workflow', 1),
('wagtailcore_workflowtask', 1),
('wagtailcore_locale', 1),
('wagtailcore_page', 2),
('wagtailcore_comment', 0),
('wagtailcore_taskstate', 0),
('wagtailcore_workflowstate', 0),
('wagtailcore_modellogentry', 0),
('wagtailcore_pagelogentry', 0),
('wagtailcore_grouppagepermission', 7),
('wagtailcore_revision', 0),
('wagtail_localize_translation', 0),
('auth_group_permissions', 16),
('wagtail_localize_stringtranslation', 0),
('wagtail_localize_translationsource', 0),
('wagtail_localize_translationcontext', 0),
('wagtail_localize_translationlog', 0),
('abierto_translations_translatedsource', 0),
('account_emailaddress', 0),
('wagtailusers_userprofile', 0),
('wagtailcore_groupcollectionpermission', 4),
('registry_seat', 0),
('approval_approval', 0),
('approval_standin', 0),
('registry_administrationperiod', 0),
('bundles_bundleitem', 0),
('imports_importbatch', 0),
('taggit_taggeditem', 0),
('taggit_tag', 0),
('media_portalimage', 0),
('media_portalrendition', 0),
('mfa_authenticator', 0),
('registry_listedstep', 0),
('pages_commitmentparty', 0),
('pages_erratum', 0),
('pages_reportrow', 0),
('pages_signatory', 0),
('pages_agreement', 0),
('pages_commitmentaction', 0),
('pages_publicversion', 0),
('pages_updaterow', 0),
('registry_institution', 0),
('registry_municipality', 0),
('search_outboxentry', 0),
('tenancy_portalsettings', 0),
('tenancy_space', 0),
('wagtailadmin_editingsession', 0),
('wagtaildocs_document', 0),
('wagtailembeds_embed', 0),
('wagtailimages_rendition', 0),
('wagtailimages_image', 0),
('wagtailredirects_redirect', 0),
('wagtailsearch_indexentry', 0),
('spaces_templatepage', 6);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "accounts_attempt_expires_f3b13594" ON "accounts_attempt" ("expires");
CREATE UNIQUE INDEX "accounts_user_groups_user_id_group_id_59c0b32f_uniq" ON "accounts_user_groups" ("user_id", "group_id");
CREATE INDEX "accounts_user_groups_user_id_52b62117" ON "accounts_user_groups" ("user_id");
CREATE INDEX "accounts_user_groups_group_id_bd11a704" ON "accounts_user_groups" ("group_id");
CREATE UNIQUE INDEX "accounts_user_user_permissions_user_id_permission_id_2ab516c2_uniq" ON "accounts_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "accounts_user_user_permissions_user_id_e4f0a161" ON "accounts_user_user_permissions" ("user_id");
CREATE INDEX "accounts_user_user_permissions_permission_id_113bb443" ON "accounts_user_user_permissions" ("permission_id");
CREATE UNIQUE INDEX "wagtailcore_groupcollectionpermission_group_id_collection_id_permission_id_a21cefe9_uniq" ON "wagtailcore_groupcollectionpermission" ("group_id", "collection_id", "permission_id");
CREATE INDEX "wagtailcore_groupcollectionpermission_collection_id_5423575a" ON "wagtailcore_groupcollectionpermission" ("collection_id");
CREATE INDEX "wagtailcore_groupcollectionpermission_group_id_05d61460" ON "wagtailcore_groupcollectionpermission" ("group_id");
CREATE INDEX "wagtailcore_groupcollectionpermission_permission_id_1b626275" ON "wagtailcore_groupcollectionpermission" ("permission_id");
CREATE UNIQUE INDEX "wagtailcore_pageviewrestriction_groups_pageviewrestriction_id_group_id_d23f80bb_uniq" ON "wagtailcore_pageviewrestriction_groups" ("pageviewrestriction_id", "group_id");
CREATE INDEX "wagtailcore_pageviewrestriction_groups_pageviewrestriction_id_f147a99a" ON "wagtailcore_pageviewrestriction_groups" ("pageviewrestriction_id");
CREATE INDEX "wagtailcore_pageviewrestriction_groups_group_id_6460f223" ON "wagtailcore_pageviewrestriction_groups" ("group_id");
CREATE INDEX "wagtailcore_pageviewrestriction_page_id_15a8bea6" ON "wagtailcore_pageviewrestriction" ("page_id");
CREATE INDEX "wagtailcore_collectionviewrestriction_collection_id_761908ec" ON "wagtailcore_collectionviewrestriction" ("collection_id");
CREATE UNIQUE INDEX "wagtailcore_collectionviewrestriction_groups_collectionviewrestriction_id_group_id_988995ae_uniq" ON "wagtailcore_collectionviewrestriction_groups" ("collectionviewrestriction_id", "group_id");
CREATE INDEX "wagtailcore_collectionviewrestriction_groups_collectionviewrestriction_id_47320efd" ON "wagtailcore_collectionviewrestriction_groups" ("collectionviewrestriction_id");
CREATE INDEX "wagtailcore_collectionviewrestriction_groups_group_id_1823f2a3" ON "wagtailcore_collectionviewrestriction_groups" ("group_id");
CREATE UNIQUE INDEX "wagtailcore_site_hostname_port_2c626d70_uniq" ON "wagtailcore_site" ("hostname", "port");
CREATE INDEX "wagtailcore_site_hostname_96b20b46" ON "wagtailcore_site" ("hostname");
CREATE INDEX "wagtailcore_site_root_page_id_e02fb95c" ON "wagtailcore_site" ("root_page_id");
CREATE INDEX "wagtailcore_task_content_type_id_249ab8ba" ON "wagtailcore_task" ("content_type_id");
CREATE INDEX "wagtailcore_workflowpage_workflow_id_56f56ff6" ON "wagtailcore_workflowpage" ("workflow_id");
CREATE UNIQUE INDEX "wagtailcore_workflowtask_workflow_id_task_id_4ec7a62b_uniq" ON "wagtailcore_workflowtask" ("workflow_id", "task_id");
CREATE INDEX "wagtailcore_workflowtask_task_id_ce7716fe" ON "wagtailcore_workflowtask" ("task_id");
CREATE INDEX "wagtailcore_workflowtask_workflow_id_b9717175" ON "wagtailcore_workflowtask" ("workflow_id");
CREATE UNIQUE INDEX "wagtailcore_groupapprovaltask_groups_groupapprovaltask_id_group_id_bb5ee7eb_uniq" ON "wagtailcore_groupapprovaltask_groups" ("groupapprovaltask_id", "group_id");
CREATE INDEX "wagtailcore_groupapprovaltask_groups_groupapprovaltask_id_9a9255ea" ON "wagtailcore_groupapprovaltask_groups" ("groupapprovaltask_id");
CREATE INDEX "wagtailcore_groupapprovaltask_groups_group_id_2e64b61f" ON "wagtailcore_groupapprovaltask_groups" ("group_id");
CREATE UNIQUE INDEX "wagtailcore_page_translation_key_locale_id_9b041bad_uniq" ON "wagtailcore_page" ("translation_key", "locale_id");
CREATE INDEX "wagtailcore_page_slug_e7c11b8f" ON "wagtailcore_page" ("slug");
CREATE INDEX "wagtailcore_page_content_type_id_c28424df" ON "wagtailcore_page" ("content_type_id");
CREATE INDEX "wagtailcore_page_owner_id_fbf7c332" ON "wagtailcore_page" ("owner_id");
CREATE INDEX "wagtailcore_page_first_published_at_2b5dd637" ON "wagtailcore_page" ("first_published_at");
CREATE INDEX "wagtailcore_page_live_revision_id_930bd822" ON "wagtailcore_page" ("live_revision_id");
CREATE INDEX "wagtailcore_page_locked_by_id_bcb86245" ON "wagtailcore_page" ("locked_by_id");
CREATE INDEX "wagtailcore_page_locale_id_3c7e30a6" ON "wagtailcore_page" ("locale_id");
CREATE INDEX "wagtailcore_page_alias_of_id_12945502" ON "wagtailcore_page" ("alias_of_id");
CREATE INDEX "wagtailcore_commentreply_comment_id_afc7e027" ON "wagtailcore_commentreply" ("comment_id");
CREATE INDEX "wagtailcore_commentreply_user_id_d0b3b9c3" ON "wagtailcore_commentreply" ("user_id");
CREATE UNIQUE INDEX "wagtailcore_pagesubscription_page_id_user_id_0cef73ed_uniq" ON "wagtailcore_pagesubscription" ("page_id", "user_id");
CREATE INDEX "wagtailcore_pagesubscription_page_id_a085e7a6" ON "wagtailcore_pagesubscription" ("page_id");
CREATE INDEX "wagtailcore_pagesubscription_user_id_89d7def9" ON "wagtailcore_pagesubscription" ("user_id");
CREATE INDEX "wagtailcore_comment_page_id_108444b5" ON "wagtailcore_comment" ("page_id");
CREATE INDEX "wagtailcore_comment_resolved_by_id_a282aa0e" ON "wagtailcore_comment" ("resolved_by_id");
CREATE INDEX "wagtailcore_comment_revision_created_id_1d058279" ON "wagtailcore_comment" ("revision_created_id");
CREATE INDEX "wagtailcore_comment_user_id_0c577ca6" ON "wagtailcore_comment" ("user_id");
CREATE INDEX "wagtailcore_page_latest_revision_id_e60fef51" ON "wagtailcore_page" ("latest_revision_id");
CREATE UNIQUE INDEX "wagtailcore_referenceindex_base_content_type_id_object_id_to_content_type_id_to_object_id_content_path_hash_9e6ccd6a_uniq" ON "wagtailcore_referenceindex" ("base_content_type_id", "object_id", "to_content_type_id", "to_object_id", "content_path_hash");
CREATE INDEX "wagtailcore_referenceindex_base_content_type_id_313cf40f" ON "wagtailcore_referenceindex" ("base_content_type_id");
CREATE INDEX "wagtailcore_referenceindex_content_type_id_766e0336" ON "wagtailcore_referenceindex" ("content_type_id");
CREATE INDEX "wagtailcore_referenceindex_to_content_type_id_93690bbd" ON "wagtailcore_referenceindex" ("to_content_type_id");
CREATE INDEX "wagtailcore_taskstate_content_type_id_0a758fdc" ON "wagtailcore_taskstate" ("content_type_id");
CREATE INDEX "wagtailcore_taskstate_task_id_c3677c34" ON "wagtailcore_taskstate" ("task_id");
CREATE INDEX "wagtailcore_taskstate_workflow_state_id_9239a775" ON "wagtailcore_taskstate" ("workflow_state_id");
CREATE INDEX "wagtailcore_taskstate_finished_by_id_13f98229" ON "wagtailcore_taskstate" ("finished_by_id");
CREATE INDEX "wagtailcore_taskstate_revision_id_df25a499" ON "wagtailcore_taskstate" ("revision_id");
CREATE UNIQUE INDEX "unique_in_progress_workflow" ON "wagtailcore_workflowstate" ("base_content_type_id", "object_id") WHERE "status" IN ('in_progress', 'needs_changes');
CREATE INDEX "wagtailcore_workflowstate_requested_by_id_4090bca3" ON "wagtailcore_workflowstate" ("requested_by_id");
CREATE INDEX "wagtailcore_workflowstate_workflow_id_1f18378f" ON "wagtailcore_workflowstate" ("workflow_id");
CREATE INDEX "wagtailcore_workflowstate_base_content_type_id_a30dc576" ON "wagtailcore_workflowstate" ("base_content_type_id");
CREATE INDEX "wagtailcore_workflowstate_content_type_id_2bb78ce1" ON "wagtailcore_workflowstate" ("content_type_id");
CREATE INDEX "workflowstate_ct_id_idx" ON "wagtailcore_workflowstate" ("content_type_id", "object_id");
CREATE INDEX "workflowstate_base_ct_id_idx" ON "wagtailcore_workflowstate" ("base_content_type_id", "object_id");
CREATE INDEX "wagtailcore_workflowcontenttype_workflow_id_9aad7cd2" ON "wagtailcore_workflowcontenttype" ("workflow_id");
CREATE INDEX "wagtailcore_modellogentry_action_d2d856ee" ON "wagtailcore_modellogentry" ("action");
CREATE INDEX "wagtailcore_modellogentry_timestamp_9694521b" ON "wagtailcore_modellogentry" ("timestamp");
CREATE INDEX "wagtailcore_modellogentry_content_changed_8bc39742" ON "wagtailcore_modellogentry" ("content_changed");
CREATE INDEX "wagtailcore_modellogentry_object_id_e0e7d4ef" ON "wagtailcore_modellogentry" ("object_id");
CREATE INDEX "wagtailcore_modellogentry_content_type_id_68849e77" ON "wagtailcore_modellogentry" ("content_type_id");
CREATE INDEX "wagtailcore_modellogentry_user_id_0278d1bf" ON "wagtailcore_modellogentry" ("user_id");
CREATE INDEX "wagtailcore_modellogentry_revision_id_df6ca33a" ON "wagtailcore_modellogentry" ("revision_id");
CREATE INDEX "wagtailcore_pagelogentry_action_c2408198" ON "wagtailcore_pagelogentry" ("action");
CREATE INDEX "wagtailcore_pagelogentry_timestamp_deb774c4" ON "wagtailcore_pagelogentry" ("timestamp");
CREATE INDEX "wagtailcore_pagelogentry_content_changed_99f27ade" ON "wagtailcore_pagelogentry" ("content_changed");
CREATE INDEX "wagtailcore_pagelogentry_content_type_id_74e7708a" ON "wagtailcore_pagelogentry" ("content_type_id");
CREATE INDEX "wagtailcore_pagelogentry_page_id_8464e327" ON "wagtailcore_pagelogentry" ("page_id");
CREATE INDEX "wagtailcore_pagelogentry_revision_id_8043d103" ON "wagtailcore_pagelogentry" ("revision_id");
CREATE INDEX "wagtailcore_pagelogentry_user_id_604ccfd8" ON "wagtailcore_pagelogentry" ("user_id");
CREATE INDEX "wagtailcore_grouppagepermission_group_id_fc07e671" ON "wagtailcore_grouppagepermission" ("group_id");
CREATE INDEX "wagtailcore_grouppagepermission_page_id_710b114a" ON "wagtailcore_grouppagepermission" ("page_id");
CREATE INDEX "wagtailcore_grouppagepermission_permission_id_05acb22e" ON "wagtailcore_grouppagepermission" ("permission_id");
CREATE INDEX "wagtailcore_revision_created_at_81450aa6" ON "wagtailcore_revision" ("created_at");
CREATE INDEX "wagtailcore_revision_approved_go_live_at_88d3dee5" ON "wagtailcore_revision" ("approved_go_live_at");
CREATE INDEX "wagtailcore_revision_user_id_03df83b0" ON "wagtailcore_revision" ("user_id");
CREATE INDEX "wagtailcore_revision_content_type_id_c8cb69c0" ON "wagtailcore_revision" ("content_type_id");
CREATE INDEX "wagtailcore_revision_base_content_type_id_5b4ef7bd" ON "wagtailcore_revision" ("base_content_type_id");
CREATE INDEX "content_object_idx" ON "wagtailcore_revision" ("content_type_id", "object_id");
CREATE INDEX "base_content_object_idx" ON "wagtailcore_revision" ("base_content_type_id", "object_id");
CREATE INDEX "wagtailcore_uploadedfile_for_content_type_id_b0fc87b2" ON "wagtailcore_uploadedfile" ("for_content_type_id");
CREATE INDEX "wagtailcore_uploadedfile_uploaded_by_user_id_c7580fe8" ON "wagtailcore_uploadedfile" ("uploaded_by_user_id");
CREATE UNIQUE INDEX "wagtailcore_groupsitepermission_group_id_site_id_permission_id_a58ee30d_uniq" ON "wagtailcore_groupsitepermission" ("group_id", "site_id", "permission_id");
CREATE INDEX "wagtailcore_groupsitepermission_group_id_e5cdbee4" ON "wagtailcore_groupsitepermission" ("group_id");
CREATE INDEX "wagtailcore_groupsitepermission_permission_id_459b1f38" ON "wagtailcore_groupsitepermission" ("permission_id");
CREATE INDEX "wagtailcore_groupsitepermission_site_id_245de488" ON "wagtailcore_groupsitepermission" ("site_id");
CREATE INDEX "referenceindex_source_object" ON "wagtailcore_referenceindex" ("base_content_type_id", "object_id");
CREATE INDEX "referenceindex_target_object" ON "wagtailcore_referenceindex" ("to_content_type_id", "to_object_id");
CREATE INDEX "wagtailcore_uuid_d6363b_idx" ON "wagtailcore_modellogentry" ("uuid", "action", "timestamp" DESC);
CREATE INDEX "wagtailcore_uuid_06a44d_idx" ON "wagtailcore_pagelogentry" ("uuid", "action", "timestamp" DESC);
CREATE INDEX "wagtailcore_apitoken_user_id_49b1141b" ON "wagtailcore_apitoken" ("user_id");
CREATE UNIQUE INDEX "wagtail_localize_string_locale_id_data_hash_bae71852_uniq" ON "wagtail_localize_string" ("locale_id", "data_hash");
CREATE INDEX "wagtail_localize_string_locale_id_2cded126" ON "wagtail_localize_string" ("locale_id");
CREATE UNIQUE INDEX "wagtail_localize_translatableobject_content_type_id_translation_key_de875339_uniq" ON "wagtail_localize_translatableobject" ("content_type_id", "translation_key");
CREATE INDEX "wagtail_localize_translatableobject_content_type_id_0d6c5139" ON "wagtail_localize_translatableobject" ("content_type_id");
CREATE INDEX "wagtail_localize_templatesegment_context_id_81456b25" ON "wagtail_localize_templatesegment" ("context_id");
CREATE INDEX "wagtail_localize_templatesegment_source_id_26b89dc6" ON "wagtail_localize_templatesegment" ("source_id");
CREATE INDEX "wagtail_localize_templatesegment_template_id_c370b3c8" ON "wagtail_localize_templatesegment" ("template_id");
CREATE INDEX "wagtail_localize_stringsegment_context_id_63235539" ON "wagtail_localize_stringsegment" ("context_id");
CREATE INDEX "wagtail_localize_stringsegment_source_id_5804129f" ON "wagtail_localize_stringsegment" ("source_id");
CREATE INDEX "wagtail_localize_stringsegment_string_id_6356d5ec" ON "wagtail_localize_stringsegment" ("string_id");
CREATE INDEX "wagtail_localize_relatedobjectsegment_context_id_c0a725be" ON "wagtail_localize_relatedobjectsegment" ("context_id");
CREATE INDEX "wagtail_localize_relatedobjectsegment_object_id_6c7b58df" ON "wagtail_localize_relatedobjectsegment" ("object_id");
CREATE INDEX "wagtail_localize_relatedobjectsegment_source_id_9a3b1373" ON "wagtail_localize_relatedobjectsegment" ("source_id");
CREATE UNIQUE INDEX "wagtail_localize_translation_source_id_target_locale_id_7e943cf8_uniq" ON "wagtail_localize_translation" ("source_id", "target_locale_id");
CREATE INDEX "wagtail_localize_translation_source_id_e326e1e3" ON "wagtail_localize_translation" ("source_id");
CREATE INDEX "wagtail_localize_translation_target_locale_id_8c524f73" ON "wagtail_localize_translation" ("target_locale_id");
CREATE UNIQUE INDEX "wagtail_localize_stringtranslation_locale_id_translation_of_id_context_id_d2d59359_uniq" ON "wagtail_localize_stringtranslation" ("locale_id", "translation_of_id", "context_id");
CREATE INDEX "wagtail_localize_stringtranslation_context_id_3cc13049" ON "wagtail_localize_stringtranslation" ("context_id");
CREATE INDEX "wagtail_localize_stringtranslation_locale_id_b9e3730d" ON "wagtail_localize_stringtranslation" ("locale_id");
CREATE INDEX "wagtail_localize_stringtranslation_translation_of_id_8eef01d0" ON "wagtail_localize_stringtranslation" ("translation_of_id");
CREATE INDEX "wagtail_localize_stringtranslation_last_translated_by_id_764c7a3f" ON "wagtail_localize_stringtranslation" ("last_translated_by_id");
CREATE INDEX "wagtail_localize_overridablesegment_context_id_eed8c388" ON "wagtail_localize_overridablesegment" ("context_id");
CREATE INDEX "wagtail_localize_overridablesegment_source_id_5720ac20" ON "wagtail_localize_overridablesegment" ("source_id");
CREATE INDEX "wagtail_localize_segmentoverride_context_id_f827efe0" ON "wagtail_localize_segmentoverride" ("context_id");
CREATE INDEX "wagtail_localize_segmentoverride_last_translated_by_id_a86448fc" ON "wagtail_localize_segmentoverride" ("last_translated_by_id");
CREATE INDEX "wagtail_localize_segmentoverride_locale_id_b1673d41" ON "wagtail_localize_segmentoverride" ("locale_id");
CREATE INDEX "wagtail_localize_localesynchronization_sync_from_id_1bc4c2eb" ON "wagtail_localize_localesynchronization" ("sync_from_id");
CREATE UNIQUE INDEX "wagtail_localize_translationsource_object_id_locale_id_fb6a8d8e_uniq" ON "wagtail_localize_translationsource" ("object_id", "locale_id");
CREATE INDEX "wagtail_localize_translationsource_locale_id_0ac264c0" ON "wagtail_localize_translationsource" ("locale_id");
CREATE INDEX "wagtail_localize_translationsource_object_id_6a078fd2" ON "wagtail_localize_translationsource" ("object_id");
CREATE INDEX "wagtail_localize_translationsource_specific_content_type_id_3095eb76" ON "wagtail_localize_translationsource" ("specific_content_type_id");
CREATE UNIQUE INDEX "wagtail_localize_translationcontext_object_id_path_id_c7f5d707_uniq" ON "wagtail_localize_translationcontext" ("object_id", "path_id");
CREATE INDEX "wagtail_localize_translationcontext_object_id_86263ce7" ON "wagtail_localize_translationcontext" ("object_id");
CREATE INDEX "wagtail_localize_translationlog_locale_id_37619cb4" ON "wagtail_localize_translationlog" ("locale_id");
CREATE INDEX "wagtail_localize_translationlog_source_id_7228923e" ON "wagtail_localize_translationlog" ("source_id");
CREATE INDEX "wagtail_localize_translationlog_revision_id_e3b62278" ON "wagtail_localize_translationlog" ("revision_id");
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");
CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified" = 1;
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary" = 1;
CREATE INDEX "tenancy_spaceroot_space_id_4c7de859" ON "tenancy_spaceroot" ("space_id");
CREATE INDEX "registry_person_first_published_at_9572ed81" ON "registry_person" ("first_published_at");
CREATE INDEX "registry_secretariat_first_published_at_c9e408fd" ON "registry_secretariat" ("first_published_at");
CREATE INDEX "registry_glossaryterm_first_published_at_6e3a5403" ON "registry_glossaryterm" ("first_published_at");
CREATE INDEX "registry_glossaryterm_latest_revision_id_166c7dc7" ON "registry_glossaryterm" ("latest_revision_id");
CREATE INDEX "registry_glossaryterm_live_revision_id_3faa0596" ON "registry_glossaryterm" ("live_revision_id");
CREATE INDEX "registry_glossaryterm_space_id_5f776f26" ON "registry_glossaryterm" ("space_id");
CREATE INDEX "registry_person_latest_revision_id_b3022f7c" ON "registry_person" ("latest_revision_id");
CREATE INDEX "registry_person_live_revision_id_ee44789f" ON "registry_person" ("live_revision_id");
CREATE INDEX "registry_person_space_id_4e5cf7cf" ON "registry_person" ("space_id");
CREATE INDEX "registry_sdgtarget_goal_id_d8214f40" ON "registry_sdgtarget" ("goal_id");
CREATE INDEX "registry_secretariat_latest_revision_id_e2518ac8" ON "registry_secretariat" ("latest_revision_id");
CREATE INDEX "registry_secretariat_live_revision_id_5bda3863" ON "registry_secretariat" ("live_revision_id");
CREATE INDEX "registry_secretariat_municipality_id_966a001c" ON "registry_secretariat" ("municipality_id");
CREATE INDEX "registry_secretariat_space_id_eeb945ea" ON "registry_secretariat" ("space_id");
CREATE INDEX "registry_seat_first_published_at_e123c70f" ON "registry_seat" ("first_published_at");
CREATE INDEX "registry_seat_institution_id_a57e172c" ON "registry_seat" ("institution_id");
CREATE INDEX "registry_seat_latest_revision_id_dd557c21" ON "registry_seat" ("latest_revision_id");
CREATE INDEX "registry_seat_live_revision_id_0677885b" ON "registry_seat" ("live_revision_id");
CREATE INDEX "registry_seat_person_id_3db767c3" ON "registry_seat" ("person_id");
CREATE INDEX "registry_seat_space_id_f912759e" ON "registry_seat" ("space_id");
CREATE INDEX "registry_seat_secretariat_id_6d513705" ON "registry_seat" ("secretariat_id");
CREATE INDEX "registry_institutionspace_holder_id_e226aead" ON "registry_institutionspace" ("holder_id");
CREATE UNIQUE INDEX "spaces_one_open_proposal" ON "spaces_municipalityproposal" ("municipality_id") WHERE "status" = 'open';
CREATE INDEX "spaces_municipalityproposal_decided_by_id_fe52629a" ON "spaces_municipalityproposal" ("decided_by_id");
CREATE INDEX "spaces_municipalityproposal_municipality_id_7a49eef9" ON "spaces_municipalityproposal" ("municipality_id");
CREATE INDEX "spaces_municipalityproposal_proposed_by_id_ff2fe38c" ON "spaces_municipalityproposal" ("proposed_by_id");
CREATE UNIQUE INDEX "spaces_one_open_reviewer" ON "spaces_reviewerproposal" ("email") WHERE "status" = 'open';
CREATE INDEX "spaces_reviewerproposal_decided_by_id_d1a591cc" ON "spaces_reviewerproposal" ("decided_by_id");
CREATE INDEX "spaces_reviewerproposal_holder_id_b19ec6dd" ON "spaces_reviewerproposal" ("holder_id");
CREATE INDEX "spaces_reviewerproposal_proposed_by_id_f15ffcb4" ON "spaces_reviewerproposal" ("proposed_by_id");
CREATE INDEX "spaces_provisionedpage_holder_id_d467c0b3" ON "spaces_provisionedpage" ("holder_id");
CREATE INDEX "spaces_provisionedpage_template_id_07f62cbe" ON "spaces_provisionedpage" ("template_id");
CREATE INDEX "approval_account_record" ON "approval_accountrecord" ("account_number", "event", "id" DESC);
CREATE INDEX "approval_public_record" ON "approval_publicrecord" ("model", "object_id", "id" DESC);
CREATE UNIQUE INDEX "approval_reviewtask_groups_reviewtask_id_group_id_8d614e29_uniq" ON "approval_reviewtask_groups" ("reviewtask_id", "group_id");
CREATE INDEX "approval_reviewtask_groups_reviewtask_id_6537ab26" ON "approval_reviewtask_groups" ("reviewtask_id");
CREATE INDEX "approval_reviewtask_groups_group_id_76eacac6" ON "approval_reviewtask_groups" ("group_id");
CREATE INDEX "approval_submissionnote_author_id_c719e764" ON "approval_submissionnote" ("author_id");
CREATE INDEX "approval_submissionnote_workflow_state_id_5956668c" ON "approval_submissionnote" ("workflow_state_id");
CREATE INDEX "approval_withdrawnfrom_page_type_id_011c18fe" ON "approval_withdrawnfrom" ("page_type_id");
CREATE INDEX "approval_approval_approver_id_11a674f1" ON "approval_approval" ("approver_id");
CREATE INDEX "approval_approval_content_type_id_f9b215d7" ON "approval_approval" ("content_type_id");
CREATE INDEX "approval_approval_reporter_id_d8929174" ON "approval_approval" ("reporter_id");
CREATE INDEX "approval_object" ON "approval_approval" ("content_type_id", "object_id", "id" DESC);
CREATE INDEX "approval_standin_absent_id_9564a19f" ON "approval_standin" ("absent_id");
CREATE INDEX "approval_standin_approval_id_ec354f92" ON "approval_standin" ("approval_id");
CREATE INDEX "approval_withdrawn_from" ON "approval_withdrawnfrom" ("page_number");
CREATE INDEX "approval_warningconfirmation_confirmed_by_id_d5cfe66f" ON "approval_warningconfirmation" ("confirmed_by_id");
CREATE INDEX "approval_warningconfirmation_content_type_id_94704d90" ON "approval_warningconfirmation" ("content_type_id");
CREATE INDEX "approval_confirmation" ON "approval_warningconfirmation" ("content_type_id", "object_id", "sha");
CREATE INDEX "approval_reviewtask_lender_id_6507b6a3" ON "approval_reviewtask" ("lender_id");
CREATE UNIQUE INDEX "spaces_one_open_agreement" ON "spaces_reviewagreement" ("town_id") WHERE "status" IN ('proposed', 'accepted', 'in_force');
CREATE INDEX "spaces_reviewagreement_accepted_by_id_4deaa119" ON "spaces_reviewagreement" ("accepted_by_id");
CREATE INDEX "spaces_reviewagreement_confirmed_by_id_e9c55eec" ON "spaces_reviewagreement" ("confirmed_by_id");
CREATE INDEX "spaces_reviewagreement_ended_by_id_4406219e" ON "spaces_reviewagreement" ("ended_by_id");
CREATE INDEX "spaces_reviewagreement_neighbour_id_993a96a2" ON "spaces_reviewagreement" ("neighbour_id");
CREATE INDEX "spaces_reviewagreement_proposed_by_id_840b1959" ON "spaces_reviewagreement" ("proposed_by_id");
CREATE INDEX "spaces_reviewagreement_town_id_6518e39e" ON "spaces_reviewagreement" ("town_id");
CREATE INDEX "registry_steplist_first_published_at_e4391ee9" ON "registry_steplist" ("first_published_at");
CREATE INDEX "registry_steplist_latest_revision_id_72acec63" ON "registry_steplist" ("latest_revision_id");
CREATE INDEX "registry_steplist_live_revision_id_3f34471c" ON "registry_steplist" ("live_revision_id");
CREATE INDEX "registry_steplist_space_id_b93f1194" ON "registry_steplist" ("space_id");
CREATE INDEX "registry_declaredfigure_first_published_at_1aceafd6" ON "registry_declaredfigure" ("first_published_at");
CREATE INDEX "registry_declaredfigure_latest_revision_id_58f4b73b" ON "registry_declaredfigure" ("latest_revision_id");
CREATE INDEX "registry_declaredfigure_live_revision_id_06c36b91" ON "registry_declaredfigure" ("live_revision_id");
CREATE INDEX "registry_declaredfigure_space_id_8b1c7003" ON "registry_declaredfigure" ("space_id");
CREATE INDEX "registry_officialcontact_first_published_at_26a52e52" ON "registry_officialcontact" ("first_published_at");
CREATE INDEX "registry_officialcontact_latest_revision_id_1a0af443" ON "registry_officialcontact" ("latest_revision_id");
CREATE INDEX "registry_officialcontact_live_revision_id_7e7c1690" ON "registry_officialcontact" ("live_revision_id");
CREATE INDEX "registry_officialcontact_space_id_f0112b11" ON "registry_officialcontact" ("space_id");
CREATE INDEX "registry_archivedbranch_period_id_f21514f8" ON "registry_archivedbranch" ("period_id");
CREATE INDEX "registry_administrationperiod_municipality_id_fc477233" ON "registry_administrationperiod" ("municipality_id");
CREATE UNIQUE INDEX "acts_one_open_suspension" ON "acts_suspensionact" ("holder_id") WHERE "status" = 'open';
CREATE INDEX "acts_suspensionact_decided_by_id_7d1cdbbe" ON "acts_suspensionact" ("decided_by_id");
CREATE INDEX "acts_suspensionact_holder_id_3bf83c76" ON "acts_suspensionact" ("holder_id");
CREATE INDEX "acts_suspensionact_proposed_by_id_a5f1298f" ON "acts_suspensionact" ("proposed_by_id");
CREATE UNIQUE INDEX "acts_one_open_administration" ON "acts_administrationact" ("town_id") WHERE "status" = 'open';
CREATE INDEX "acts_administrationact_decided_by_id_8d603ddb" ON "acts_administrationact" ("decided_by_id");
CREATE INDEX "acts_administrationact_proposed_by_id_77b5e208" ON "acts_administrationact" ("proposed_by_id");
CREATE INDEX "acts_administrationact_town_id_0a8d17fa" ON "acts_administrationact" ("town_id");
CREATE UNIQUE INDEX "acts_one_open_handover" ON "acts_handoveract" ("predecessor_id") WHERE "status" = 'open';
CREATE INDEX "acts_handoveract_decided_by_id_5e19d56d" ON "acts_handoveract" ("decided_by_id");
CREATE INDEX "acts_handoveract_predecessor_id_dd373a77" ON "acts_handoveract" ("predecessor_id");
CREATE INDEX "acts_handoveract_proposed_by_id_51f4a700" ON "acts_handoveract" ("proposed_by_id");
CREATE INDEX "acts_handoveract_successor_id_8682c8bb" ON "acts_handoveract" ("successor_id");
CREATE INDEX "bundles_bundle_created_by_id_d0f48416" ON "bundles_bundle" ("created_by_id");
CREATE INDEX "bundles_bundle_decided_by_id_1d6d0599" ON "bundles_bundle" ("decided_by_id");
CREATE INDEX "bundles_bundle_failed_page_id_179d381b" ON "bundles_bundle" ("failed_page_id");
CREATE INDEX "bundles_bundledecision_by_id_3dfe1de0" ON "bundles_bundledecision" ("by_id");
CREATE INDEX "bundles_bundledecision_item_id_f6a5f808" ON "bundles_bundledecision" ("item_id");
CREATE INDEX "bundles_bundleitem_bundle_id_96e22e4f" ON "bundles_bundleitem" ("bundle_id");
CREATE INDEX "bundles_bundleitem_page_id_b0f9a20c" ON "bundles_bundleitem" ("page_id");
CREATE INDEX "bundles_bundleitem_workflow_state_id_5303b60d" ON "bundles_bundleitem" ("workflow_state_id");
CREATE INDEX "deadlines_reviewnotice_task_state_id_65a177ee" ON "deadlines_reviewnotice" ("task_state_id");
CREATE INDEX "delegation_delegation_absent_id_8cd31246" ON "delegation_delegation" ("absent_id");
CREATE INDEX "delegation_delegation_deputy_id_9c6ea5b0" ON "delegation_delegation" ("deputy_id");
CREATE INDEX "delegation_delegation_ended_by_id_03a74edb" ON "delegation_delegation" ("ended_by_id");
CREATE INDEX "delegation_delegation_granted_by_id_cea4bc1f" ON "delegation_delegation" ("granted_by_id");
CREATE INDEX "django_task_queue_n_99c321_idx" ON "django_tasks_database_dbtaskresult" ("queue_name");
CREATE INDEX "django_task_backend_071754_idx" ON "django_tasks_database_dbtaskresult" ("backend_name");
CREATE INDEX "tasks_db_new_ordering_idx" ON "django_tasks_database_dbtaskresult" ("status", "priority" DESC, "run_after" ASC, "enqueued_at" ASC) WHERE "status" = 'READY';
CREATE INDEX "guest_links_guestlink_created_by_id_b615971b" ON "guest_links_guestlink" ("created_by_id");
CREATE INDEX "guest_links_guestlink_revision_id_c53197ed" ON "guest_links_guestlink" ("revision_id");
CREATE INDEX "guest_links_guestlink_revoked_by_id_316f4fb7" ON "guest_links_guestlink" ("revoked_by_id");
CREATE UNIQUE INDEX "imports_importbatch_bundles_importbatch_id_bundle_id_cad9a220_uniq" ON "imports_importbatch_bundles" ("importbatch_id", "bundle_id");
CREATE INDEX "imports_importbatch_bundles_importbatch_id_0bd12378" ON "imports_importbatch_bundles" ("importbatch_id");
CREATE INDEX "imports_importbatch_bundles_bundle_id_dd485ad8" ON "imports_importbatch_bundles" ("bundle_id");
CREATE INDEX "imports_importedversion_batch_id_7cb0f70c" ON "imports_importedversion" ("batch_id");
CREATE INDEX "imports_importedversion_before_id_3cd120b1" ON "imports_importedversion" ("before_id");
CREATE INDEX "imports_importedversion_page_id_65e151de" ON "imports_importedversion" ("page_id");
CREATE INDEX "imports_importedversion_revision_id_6c11c28f" ON "imports_importedversion" ("revision_id");
CREATE INDEX "imports_importbatch_created_by_id_8de9c79b" ON "imports_importbatch" ("created_by_id");
CREATE INDEX "imports_importbatch_requested_by_id_328c1698" ON "imports_importbatch" ("requested_by_id");
CREATE INDEX "imports_importbatch_space_id_d123e243" ON "imports_importbatch" ("space_id");
CREATE INDEX "imports_importbatch_target_id_fe35161a" ON "imports_importbatch" ("target_id");
CREATE INDEX "imports_importedrow_batch_id_33582328" ON "imports_importedrow" ("batch_id");
CREATE INDEX "imports_importedrow_before_id_96b03cf3" ON "imports_importedrow" ("before_id");
CREATE INDEX "imports_importedrow_content_type_id_fb75e14f" ON "imports_importedrow" ("content_type_id");
CREATE INDEX "imports_importedrow_revision_id_280dad8d" ON "imports_importedrow" ("revision_id");
CREATE INDEX "taggit_taggeditem_object_id_e2d7d1df" ON "taggit_taggeditem" ("object_id");
CREATE INDEX "taggit_taggeditem_content_type_id_9957a03c" ON "taggit_taggeditem" ("content_type_id");
CREATE INDEX "taggit_taggeditem_tag_id_f4f5b767" ON "taggit_taggeditem" ("tag_id");
CREATE INDEX "taggit_tagg_content_8fc721_idx" ON "taggit_taggeditem" ("content_type_id", "object_id");
CREATE INDEX "media_portaldocument_collection_id_56c24a24" ON "media_portaldocument" ("collection_id");
CREATE INDEX "media_portaldocument_space_id_ff3c41fd" ON "media_portaldocument" ("space_id");
CREATE INDEX "media_portaldocument_uploaded_by_user_id_dba8a4ac" ON "media_portaldocument" ("uploaded_by_user_id");
CREATE INDEX "media_portalimage_created_at_c7c2334e" ON "media_portalimage" ("created_at");
CREATE INDEX "media_portalimage_file_hash_c8604aa1" ON "media_portalimage" ("file_hash");
CREATE INDEX "media_portalimage_collection_id_19079c1c" ON "media_portalimage" ("collection_id");
CREATE INDEX "media_portalimage_space_id_dbfddf8c" ON "media_portalimage" ("space_id");
CREATE INDEX "media_portalimage_uploaded_by_user_id_18398d10" ON "media_portalimage" ("uploaded_by_user_id");
CREATE INDEX "media_portalrendition_filter_spec_12de483b" ON "media_portalrendition" ("filter_spec");
CREATE INDEX "media_portalrendition_image_id_66672992" ON "media_portalrendition" ("image_id");
CREATE INDEX "media_rendition_by_file" ON "media_portalrendition" ("file");
CREATE INDEX "media_filereading_document_id_52e905c4" ON "media_filereading" ("document_id");
CREATE INDEX "media_reading_by_content" ON "media_filereading" ("sha256");
CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");
CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');
CREATE UNIQUE INDEX "microsite_copies_one_waiting" ON "microsite_copies_micrositecopy" ("holder_id") WHERE "state" = 'waiting';
CREATE INDEX "microsite_copies_micrositecopy_holder_id_33197dbf" ON "microsite_copies_micrositecopy" ("holder_id");
CREATE INDEX "microsite_copies_micrositecopy_ordered_by_id_a4a1b0d2" ON "microsite_copies_micrositecopy" ("ordered_by_id");
CREATE INDEX "registry_listedstep_first_published_at_3013c9ff" ON "registry_listedstep" ("first_published_at");
CREATE INDEX "registry_listedstep_latest_revision_id_e5c7fec2" ON "registry_listedstep" ("latest_revision_id");
CREATE INDEX "registry_listedstep_live_revision_id_91bffef0" ON "registry_listedstep" ("live_revision_id");
CREATE INDEX "registry_listedstep_space_id_49aa49dc" ON "registry_listedstep" ("space_id");
CREATE INDEX "registry_listedstep_step_list_id_a284ffcb" ON "registry_listedstep" ("step_list_id");
CREATE INDEX "pages_progressfigure_plan_key_9b9e53d4" ON "pages_progressfigure" ("plan_key");
CREATE UNIQUE INDEX "pages_commitmentpage_sdg_targets_commitmentpage_id_sdgtarget_id_46bc78ed_uniq" ON "pages_commitmentpage_sdg_targets" ("commitmentpage_id", "sdgtarget_id");
CREATE INDEX "pages_commitmentpage_sdg_targets_commitmentpage_id_03e30bc5" ON "pages_commitmentpage_sdg_targets" ("commitmentpage_id");
CREATE INDEX "pages_commitmentpage_sdg_targets_sdgtarget_id_2f2f98fb" ON "pages_commitmentpage_sdg_targets" ("sdgtarget_id");
CREATE INDEX "pages_commitmentparty_institution_id_a03cc764" ON "pages_commitmentparty" ("institution_id");
CREATE INDEX "pages_commitmentparty_locale_id_53fb9ea6" ON "pages_commitmentparty" ("locale_id");
CREATE INDEX "pages_commitmentparty_page_id_c1620296" ON "pages_commitmentparty" ("page_id");
CREATE INDEX "pages_commitmentparty_person_id_075bf7a3" ON "pages_commitmentparty" ("person_id");
CREATE INDEX "pages_erratum_locale_id_3d71d171" ON "pages_erratum" ("locale_id");
CREATE INDEX "pages_erratum_page_id_bc407c84" ON "pages_erratum" ("page_id");
CREATE INDEX "pages_reportrow_locale_id_3a7a364b" ON "pages_reportrow" ("locale_id");
CREATE INDEX "pages_reportrow_page_id_0186c81a" ON "pages_reportrow" ("page_id");
CREATE INDEX "pages_signatory_institution_id_da470eb5" ON "pages_signatory" ("institution_id");
CREATE INDEX "pages_signatory_locale_id_b005c5a4" ON "pages_signatory" ("locale_id");
CREATE INDEX "pages_signatory_page_id_d0e344c4" ON "pages_signatory" ("page_id");
CREATE INDEX "pages_signatory_person_id_5a6893ed" ON "pages_signatory" ("person_id");
CREATE UNIQUE INDEX "pages_commitmentparty_translation_key_locale_id_9efea4af_uniq" ON "pages_commitmentparty" ("translation_key", "locale_id");
CREATE UNIQUE INDEX "pages_erratum_translation_key_locale_id_0e08bff6_uniq" ON "pages_erratum" ("translation_key", "locale_id");
CREATE UNIQUE INDEX "pages_reportrow_translation_key_locale_id_9a039fa9_uniq" ON "pages_reportrow" ("translation_key", "locale_id");
CREATE UNIQUE INDEX "pages_signatory_translation_key_locale_id_bee6dc1f_uniq" ON "pages_signatory" ("translation_key", "locale_id");
CREATE UNIQUE INDEX "pages_rulinggroup_translation_key_locale_id_9ea307de_uniq" ON "pages_rulinggroup" ("translation_key", "locale_id");
CREATE INDEX "pages_rulinggroup_locale_id_c9a48cb9" ON "pages_rulinggroup" ("locale_id");
CREATE INDEX "pages_rulinggroup_page_id_175de2f1" ON "pages_rulinggroup" ("page_id");
CREATE UNIQUE INDEX "pages_attendance_translation_key_locale_id_487a5922_uniq" ON "pages_attendance" ("translation_key", "locale_id");
CREATE INDEX "pages_attendance_institution_id_9728615f" ON "pages_attendance" ("institution_id");
CREATE INDEX "pages_attendance_locale_id_c2570a71" ON "pages_attendance" ("locale_id");
CREATE INDEX "pages_attendance_page_id_faa3a9cf" ON "pages_attendance" ("page_id");
CREATE UNIQUE INDEX "pages_tableparticipant_translation_key_locale_id_bb6cc7a6_uniq" ON "pages_tableparticipant" ("translation_key", "locale_id");
CREATE INDEX "pages_tableparticipant_institution_id_ca839a75" ON "pages_tableparticipant" ("institution_id");
CREATE INDEX "pages_tableparticipant_locale_id_c51fac6b" ON "pages_tableparticipant" ("locale_id");
CREATE INDEX "pages_tableparticipant_page_id_a3d6a324" ON "pages_tableparticipant" ("page_id");
CREATE UNIQUE INDEX "pages_roadmapstep_translation_key_locale_id_82ee033a_uniq" ON "pages_roadmapstep" ("translation_key", "locale_id");
CREATE INDEX "pages_roadmapstep_locale_id_e98b540e" ON "pages_roadmapstep" ("locale_id");
CREATE INDEX "pages_roadmapstep_page_id_43487571" ON "pages_roadmapstep" ("page_id");
CREATE INDEX "pages_roadmapstep_step_id_5bc2d54f" ON "pages_roadmapstep" ("step_id");
CREATE UNIQUE INDEX "pages_matrixrow_translation_key_locale_id_9b844b3f_uniq" ON "pages_matrixrow" ("translation_key", "locale_id");
CREATE INDEX "pages_matrixrow_locale_id_8498d481" ON "pages_matrixrow" ("locale_id");
CREATE INDEX "pages_matrixrow_page_id_9df57b6c" ON "pages_matrixrow" ("page_id");
CREATE UNIQUE INDEX "pages_agreement_translation_key_locale_id_dd28bd12_uniq" ON "pages_agreement" ("translation_key", "locale_id");
CREATE INDEX "pages_agreement_locale_id_13f23547" ON "pages_agreement" ("locale_id");
CREATE INDEX "pages_agreement_responsible_id_3d9ecaf5" ON "pages_agreement" ("responsible_id");
CREATE INDEX "pages_agreement_page_id_f1a71470" ON "pages_agreement" ("page_id");
CREATE INDEX "pages_callpage_document_id_02ae3c85" ON "pages_callpage" ("document_id");
CREATE INDEX "pages_cocreationtablepage_minutes_id_d36fbe4f" ON "pages_cocreationtablepage" ("minutes_id");
CREATE UNIQUE INDEX "pages_commitmentaction_translation_key_locale_id_90f42fb9_uniq" ON "pages_commitmentaction" ("translation_key", "locale_id");
CREATE INDEX "pages_commitmentaction_locale_id_de4e2758" ON "pages_commitmentaction" ("locale_id");
CREATE INDEX "pages_commitmentaction_page_id_2c1fa796" ON "pages_commitmentaction" ("page_id");
CREATE INDEX "pages_commitmentpage_continues_id_6929c486" ON "pages_commitmentpage" ("continues_id");
CREATE INDEX "pages_goodpracticepage_municipality_id_23a81560" ON "pages_goodpracticepage" ("municipality_id");
CREATE INDEX "pages_goodpracticepage_report_id_4bea7092" ON "pages_goodpracticepage" ("report_id");
CREATE INDEX "pages_homepage_current_plan_id_52961451" ON "pages_homepage" ("current_plan_id");
CREATE INDEX "pages_infographicpage_image_id_b32f844f" ON "pages_infographicpage" ("image_id");
CREATE INDEX "pages_micrositepage_logo_id_69ab392f" ON "pages_micrositepage" ("logo_id");
CREATE INDEX "pages_micrositepage_municipality_id_9bf7dfd0" ON "pages_micrositepage" ("municipality_id");
CREATE INDEX "pages_micrositepage_portrait_id_69b2e9c1" ON "pages_micrositepage" ("portrait_id");
CREATE INDEX "pages_micrositepage_privacy_page_id_7f990c27" ON "pages_micrositepage" ("privacy_page_id");
CREATE INDEX "pages_observationanswerpage_observation_id_bf367e76" ON "pages_observationanswerpage" ("observation_id");
CREATE INDEX "pages_observationpage_institution_id_7ae69e40" ON "pages_observationpage" ("institution_id");
CREATE INDEX "pages_observationpage_step_id_5173788b" ON "pages_observationpage" ("step_id");
CREATE INDEX "pages_observationpage_subject_id_372c5a43" ON "pages_observationpage" ("subject_id");
CREATE INDEX "pages_planpage_continues_id_5a8f9952" ON "pages_planpage" ("continues_id");
CREATE INDEX "pages_progressupdatepage_indicator_key_cfd01136" ON "pages_progressupdatepage" ("indicator_key");
CREATE INDEX "pages_publicversionpage_anonymized_by_id_82ab71a2" ON "pages_publicversionpage" ("anonymized_by_id");
CREATE INDEX "pages_publicversionpage_document_id_0a83de17" ON "pages_publicversionpage" ("document_id");
CREATE INDEX "pages_publicversionpage_names_reviewed_by_id_f71bc8c7" ON "pages_publicversionpage" ("names_reviewed_by_id");
CREATE INDEX "pages_reportpage_document_id_e621c83c" ON "pages_reportpage" ("document_id");
CREATE INDEX "pages_roadmappage_municipality_id_49b888ca" ON "pages_roadmappage" ("municipality_id");
CREATE INDEX "pages_roadmappage_oath_before_id_0116d327" ON "pages_roadmappage" ("oath_before_id");
CREATE INDEX "pages_roadmappage_step_list_id_b990943a" ON "pages_roadmappage" ("step_list_id");
CREATE INDEX "pages_rulingindexpage_tribunal_id_da085892" ON "pages_rulingindexpage" ("tribunal_id");
CREATE INDEX "pages_rulingindexpage_guide_id_38c2e10e" ON "pages_rulingindexpage" ("guide_id");
CREATE INDEX "pages_rulingpage_case_key_b62bbf7f" ON "pages_rulingpage" ("case_key");
CREATE INDEX "pages_rulingpage_chamber_id_5f8c3b9d" ON "pages_rulingpage" ("chamber_id");
CREATE INDEX "pages_rulingpage_tribunal_id_6d5c0e49" ON "pages_rulingpage" ("tribunal_id");
CREATE INDEX "pages_rulingpage_finality_ruling_id_4ba8e619" ON "pages_rulingpage" ("finality_ruling_id");
CREATE INDEX "pages_rulingpage_replaces_id_c8884853" ON "pages_rulingpage" ("replaces_id");
CREATE INDEX "pages_secretariatpage_secretariat_id_553dda60" ON "pages_secretariatpage" ("secretariat_id");
CREATE INDEX "pages_sessionpage_minutes_id_bd95a23d" ON "pages_sessionpage" ("minutes_id");
CREATE INDEX "pages_sessionpage_notice_id_b49d4330" ON "pages_sessionpage" ("notice_id");
CREATE UNIQUE INDEX "pages_updaterow_translation_key_locale_id_c3e8b987_uniq" ON "pages_updaterow" ("translation_key", "locale_id");
CREATE INDEX "pages_updaterow_action_key_0a71b4c2" ON "pages_updaterow" ("action_key");
CREATE INDEX "pages_updaterow_locale_id_c6e49e5e" ON "pages_updaterow" ("locale_id");
CREATE INDEX "pages_updaterow_page_id_bcd1e55c" ON "pages_updaterow" ("page_id");
CREATE INDEX "pages_updaterow_indicator_key_0c06b28a" ON "pages_updaterow" ("indicator_key");
CREATE INDEX "redactions_redaction_expires_at_46333827" ON "redactions_redaction" ("expires_at");
CREATE INDEX "redactions_redaction_author_id_ff20e140" ON "redactions_redaction" ("author_id");
CREATE INDEX "redactions_redaction_page_id_2e751383" ON "redactions_redaction" ("page_id");
CREATE INDEX "redactions_redaction_space_id_f59f2206" ON "redactions_redaction" ("space_id");
CREATE INDEX "registry_institution_first_published_at_dc980e98" ON "registry_institution" ("first_published_at");
CREATE INDEX "registry_institution_latest_revision_id_923e3595" ON "registry_institution" ("latest_revision_id");
CREATE INDEX "registry_institution_live_revision_id_7ae59e83" ON "registry_institution" ("live_revision_id");
CREATE INDEX "registry_institution_space_id_65249279" ON "registry_institution" ("space_id");
CREATE INDEX "registry_institution_successor_id_9502c1d6" ON "registry_institution" ("successor_id");
CREATE INDEX "registry_municipality_first_published_at_d56e1333" ON "registry_municipality" ("first_published_at");
CREATE INDEX "registry_municipality_latest_revision_id_09bc2235" ON "registry_municipality" ("latest_revision_id");
CREATE INDEX "registry_municipality_live_revision_id_6783e4e4" ON "registry_municipality" ("live_revision_id");
CREATE INDEX "registry_municipality_space_id_766440c0" ON "registry_municipality" ("space_id");
CREATE UNIQUE INDEX "retention_one_open_proposal" ON "retention_deletionproposal" ("kind") WHERE "status" = 'open';
CREATE INDEX "retention_deletionproposal_decided_by_id_b9881eb8" ON "retention_deletionproposal" ("decided_by_id");
CREATE INDEX "retention_deletionproposal_proposed_by_id_13fc416b" ON "retention_deletionproposal" ("proposed_by_id");
CREATE INDEX "ruling_desk_rulingbatch_created_by_id_9e4a5d6c" ON "ruling_desk_rulingbatch" ("created_by_id");
CREATE INDEX "ruling_desk_rulingbatch_index_id_31b4aa34" ON "ruling_desk_rulingbatch" ("index_id");
CREATE INDEX "ruling_desk_rulingbatch_requested_by_id_c724be59" ON "ruling_desk_rulingbatch" ("requested_by_id");
CREATE INDEX "ruling_desk_rulingbatch_space_id_6301ddbb" ON "ruling_desk_rulingbatch" ("space_id");
CREATE UNIQUE INDEX "ruling_desk_rulingbatch_bundles_rulingbatch_id_bundle_id_dcab49af_uniq" ON "ruling_desk_rulingbatch_bundles" ("rulingbatch_id", "bundle_id");
CREATE INDEX "ruling_desk_rulingbatch_bundles_rulingbatch_id_8747666c" ON "ruling_desk_rulingbatch_bundles" ("rulingbatch_id");
CREATE INDEX "ruling_desk_rulingbatch_bundles_bundle_id_a6cb1cbd" ON "ruling_desk_rulingbatch_bundles" ("bundle_id");
CREATE INDEX "ruling_desk_monthlycount_declared_by_id_d4404377" ON "ruling_desk_monthlycount" ("declared_by_id");
CREATE INDEX "ruling_desk_monthlycount_index_id_078a3030" ON "ruling_desk_monthlycount" ("index_id");
CREATE INDEX "ruling_desk_monthlycount_space_id_c6af6870" ON "ruling_desk_monthlycount" ("space_id");
CREATE INDEX "ruling_desk_batchpage_document_id_cd2e238e" ON "ruling_desk_batchpage" ("document_id");
CREATE INDEX "ruling_desk_batchpage_page_id_484c5e4e" ON "ruling_desk_batchpage" ("page_id");
CREATE INDEX "ruling_desk_batchpage_revision_id_ee89a869" ON "ruling_desk_batchpage" ("revision_id");
CREATE INDEX "ruling_desk_batchpage_batch_id_4e9a457c" ON "ruling_desk_batchpage" ("batch_id");
CREATE INDEX "search_querynote_day_46413bec" ON "search_querynote" ("day");
CREATE INDEX "search_promotedresult_first_published_at_fa633c45" ON "search_promotedresult" ("first_published_at");
CREATE INDEX "search_promotedresult_latest_revision_id_1d04bd52" ON "search_promotedresult" ("latest_revision_id");
CREATE INDEX "search_promotedresult_live_revision_id_cc0da0fb" ON "search_promotedresult" ("live_revision_id");
CREATE INDEX "search_promotedresult_page_id_80f4dc75" ON "search_promotedresult" ("page_id");
CREATE UNIQUE INDEX "search_one_answer_a_day" ON "search_querynote" ("day", "session", "words", "locale", "space") WHERE "kind" IN ('useful', 'useless');
CREATE INDEX "search_promotedresult_space_id_a81b4b21" ON "search_promotedresult" ("space_id");
CREATE INDEX "search_workerbeat_seen_at_07667d44" ON "search_workerbeat" ("seen_at");
CREATE INDEX "search_rebuildchange_group_e0433c46" ON "search_rebuildchange" ("group");
CREATE INDEX "search_rebuildchange_rebuild_id_c70200b0" ON "search_rebuildchange" ("rebuild_id");
CREATE INDEX "search_rebuildslice_rebuild_id_497c16e1" ON "search_rebuildslice" ("rebuild_id");
CREATE INDEX "word_suggestions" ON "search_wordcount" ("locale", "start", "pages" DESC, "word");
CREATE INDEX "search_outboxentry_next_at_2d675adb" ON "search_outboxentry" ("next_at");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE INDEX "tenancy_translatorgroup_locale_id_ab7d2386" ON "tenancy_translatorgroup" ("locale_id");
CREATE INDEX "tenancy_translatorgroup_space_id_6882d9fa" ON "tenancy_translatorgroup" ("space_id");
CREATE UNIQUE INDEX "tenancy_one_state_space" ON "tenancy_space" ("kind") WHERE "kind" = 'state';
CREATE INDEX "usersessions_usersession_user_id_af5e0a6d" ON "usersessions_usersession" ("user_id");
CREATE INDEX "wagtailadmin_editingsession_content_type_id_4df7730e" ON "wagtailadmin_editingsession" ("content_type_id");
CREATE INDEX "wagtailadmin_editingsession_user_id_6e1a9b70" ON "wagtailadmin_editingsession" ("user_id");
CREATE INDEX "wagtailadmi_content_717955_idx" ON "wagtailadmin_editingsession" ("content_type_id", "object_id");
CREATE INDEX "wagtailadmin_formstate_content_type_id_e32438b3" ON "wagtailadmin_formstate" ("content_type_id");
CREATE INDEX "wagtailadmin_formstate_user_id_b910adc2" ON "wagtailadmin_formstate" ("user_id");
CREATE INDEX "formstate_user_object" ON "wagtailadmin_formstate" ("user_id", "content_type_id", "object_id", "parent_object_id");
CREATE INDEX "wagtaildocs_document_uploaded_by_user_id_17258b41" ON "wagtaildocs_document" ("uploaded_by_user_id");
CREATE INDEX "wagtaildocs_document_collection_id_23881625" ON "wagtaildocs_document" ("collection_id");
CREATE INDEX "wagtailembeds_embed_cache_until_26c94bb0" ON "wagtailembeds_embed" ("cache_until");
CREATE UNIQUE INDEX "wagtailimages_rendition_image_id_filter_spec_focal_point_key_323c8fe0_uniq" ON "wagtailimages_rendition" ("image_id", "filter_spec", "focal_point_key");
CREATE INDEX "wagtailimages_rendition_filter_spec_1cba3201" ON "wagtailimages_rendition" ("filter_spec");
CREATE INDEX "wagtailimages_rendition_image_id_3e1fd774" ON "wagtailimages_rendition" ("image_id");
CREATE INDEX "wagtailimages_image_created_at_86fa6cd4" ON "wagtailimages_image" ("created_at");
CREATE INDEX "wagtailimages_image_uploaded_by_user_id_5d73dc75" ON "wagtailimages_image" ("uploaded_by_user_id");
CREATE INDEX "wagtailimages_image_collection_id_c2f8af7e" ON "wagtailimages_image" ("collection_id");
CREATE INDEX "wagtailimages_image_file_hash_fb5bbb23" ON "wagtailimages_image" ("file_hash");
CREATE UNIQUE INDEX "wagtailredirects_redirect_old_path_site_id_783622d7_uniq" ON "wagtailredirects_redirect" ("old_path", "site_id");
CREATE INDEX "wagtailredirects_redirect_old_path_bb35247b" ON "wagtailredirects_redirect" ("old_path");
CREATE INDEX "wagtailredirects_redirect_redirect_page_id_b5728a8f" ON "wagtailredirects_redirect" ("redirect_page_id");
CREATE INDEX "wagtailredirects_redirect_site_id_780a0e1e" ON "wagtailredirects_redirect" ("site_id");
CREATE UNIQUE INDEX "wagtailsearch_indexentry_content_type_id_object_id_bcd7ba73_uniq" ON "wagtailsearch_indexentry" ("content_type_id", "object_id");
CREATE INDEX "wagtailsearch_indexentry_content_type_id_62ed694f" ON "wagtailsearch_indexentry" ("content_type_id");
CREATE TRIGGER insert_wagtailsearch_indexentry_fts AFTER INSERT ON wagtailsearch_indexentry BEGIN INSERT INTO wagtailsearch_indexentry_fts(title, body, autocomplete, rowid) VALUES (NEW.title, NEW.body, NEW.autocomplete, NEW.id); END;
CREATE TRIGGER update_wagtailsearch_indexentry_fts AFTER UPDATE ON wagtailsearch_indexentry BEGIN UPDATE wagtailsearch_indexentry_fts SET title=NEW.title, body=NEW.body, autocomplete=NEW.autocomplete WHERE rowid=NEW.id; END;
CREATE TRIGGER delete_wagtailsearch_indexentry_fts AFTER DELETE ON wagtailsearch_indexentry BEGIN DELETE FROM wagtailsearch_indexentry_fts WHERE rowid=OLD.id; END;
CREATE INDEX "word_lists_wordlistversion_changed_by_id_f62c3321" ON "word_lists_wordlistversion" ("changed_by_id");
CREATE INDEX "word_lists_wordlistversion_space_id_0cb28746" ON "word_lists_wordlistversion" ("space_id");
CREATE INDEX "abierto_page_depth_path" ON "wagtailcore_page" ("depth", "path");
CREATE TRIGGER "approval_guard_approval_approval_update" BEFORE UPDATE ON "approval_approval"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_approval_delete" BEFORE DELETE ON "approval_approval"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_approval_replace" BEFORE INSERT ON "approval_approval"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') WHERE EXISTS (SELECT 1 FROM "approval_approval" WHERE id = NEW.id);
END;
CREATE TRIGGER "approval_guard_approval_accountrecord_update" BEFORE UPDATE ON "approval_accountrecord"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_accountrecord_delete" BEFORE DELETE ON "approval_accountrecord"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_accountrecord_replace" BEFORE INSERT ON "approval_accountrecord"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') WHERE EXISTS (SELECT 1 FROM "approval_accountrecord" WHERE id = NEW.id);
END;
CREATE TRIGGER "approval_guard_approval_standin_update" BEFORE UPDATE ON "approval_standin"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_standin_delete" BEFORE DELETE ON "approval_standin"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_standin_replace" BEFORE INSERT ON "approval_standin"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') WHERE EXISTS (SELECT 1 FROM "approval_standin" WHERE id = NEW.id);
END;
CREATE TRIGGER "approval_guard_approval_withdrawnfrom_update" BEFORE UPDATE ON "approval_withdrawnfrom"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_withdrawnfrom_delete" BEFORE DELETE ON "approval_withdrawnfrom"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_withdrawnfrom_replace" BEFORE INSERT ON "approval_withdrawnfrom"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') WHERE EXISTS (SELECT 1 FROM "approval_withdrawnfrom" WHERE id = NEW.id);
END;
CREATE TRIGGER "approval_guard_approval_publicrecord_update" BEFORE UPDATE ON "approval_publicrecord"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_publicrecord_delete" BEFORE DELETE ON "approval_publicrecord"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_publicrecord_replace" BEFORE INSERT ON "approval_publicrecord"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') WHERE EXISTS (SELECT 1 FROM "approval_publicrecord" WHERE id = NEW.id);
END;
CREATE TRIGGER "approval_guard_approval_warningconfirmation_update" BEFORE UPDATE ON "approval_warningconfirmation"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_warningconfirmation_delete" BEFORE DELETE ON "approval_warningconfirmation"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_warningconfirmation_replace" BEFORE INSERT ON "approval_warningconfirmation"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') WHERE EXISTS (SELECT 1 FROM "approval_warningconfirmation" WHERE id = NEW.id);
END;
CREATE TRIGGER "approval_guard_approval_ledgerlink_update" BEFORE UPDATE ON "approval_ledgerlink"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_ledgerlink_delete" BEFORE DELETE ON "approval_ledgerlink"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') ;
END;
CREATE TRIGGER "approval_guard_approval_ledgerlink_replace" BEFORE INSERT ON "approval_ledgerlink"
BEGIN
    SELECT RAISE(ABORT, 'approval: the ledger is append-only') WHERE EXISTS (SELECT 1 FROM "approval_ledgerlink" WHERE id = NEW.id);
END;
CREATE TRIGGER "approval_guard_wagtailcore_page_insert" AFTER INSERT ON "wagtailcore_page"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'wagtailcore' AND model = 'page'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_wagtailcore_page_update" AFTER UPDATE OF live, live_revision_id ON "wagtailcore_page"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'wagtailcore' AND model = 'page'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_officialcontact_insert" AFTER INSERT ON "registry_officialcontact"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'officialcontact'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_officialcontact_update" AFTER UPDATE OF live, live_revision_id ON "registry_officialcontact"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'officialcontact'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_institution_insert" AFTER INSERT ON "registry_institution"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'institution'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_institution_update" AFTER UPDATE OF live, live_revision_id ON "registry_institution"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'institution'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_person_insert" AFTER INSERT ON "registry_person"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'person'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_person_update" AFTER UPDATE OF live, live_revision_id ON "registry_person"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'person'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_municipality_insert" AFTER INSERT ON "registry_municipality"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'municipality'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_municipality_update" AFTER UPDATE OF live, live_revision_id ON "registry_municipality"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'municipality'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_glossaryterm_insert" AFTER INSERT ON "registry_glossaryterm"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'glossaryterm'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_glossaryterm_update" AFTER UPDATE OF live, live_revision_id ON "registry_glossaryterm"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'glossaryterm'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_secretariat_insert" AFTER INSERT ON "registry_secretariat"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'secretariat'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_secretariat_update" AFTER UPDATE OF live, live_revision_id ON "registry_secretariat"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'secretariat'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_seat_insert" AFTER INSERT ON "registry_seat"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'seat'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_seat_update" AFTER UPDATE OF live, live_revision_id ON "registry_seat"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'seat'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_steplist_insert" AFTER INSERT ON "registry_steplist"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'steplist'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_steplist_update" AFTER UPDATE OF live, live_revision_id ON "registry_steplist"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'steplist'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_listedstep_insert" AFTER INSERT ON "registry_listedstep"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'listedstep'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_listedstep_update" AFTER UPDATE OF live, live_revision_id ON "registry_listedstep"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'listedstep'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_declaredfigure_insert" AFTER INSERT ON "registry_declaredfigure"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'declaredfigure'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_registry_declaredfigure_update" AFTER UPDATE OF live, live_revision_id ON "registry_declaredfigure"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'registry' AND model = 'declaredfigure'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_search_promotedresult_insert" AFTER INSERT ON "search_promotedresult"
WHEN NEW.live AND (1)
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'search' AND model = 'promotedresult'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
CREATE TRIGGER "approval_guard_search_promotedresult_update" AFTER UPDATE OF live, live_revision_id ON "search_promotedresult"
WHEN NEW.live AND (NOT OLD.live OR (NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id))
BEGIN
    SELECT RAISE(ABORT, 'approval: public without a decision in the ledger') WHERE NOT EXISTS (
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."id" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = 'search' AND model = 'promotedresult'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
);
END;
COMMIT;
