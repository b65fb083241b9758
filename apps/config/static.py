"""Static files get a hash in their name and are compressed once, modules that import modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedCompressedFiles(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
