"""Bodies of whole layers, rendered and compressed once, and kept until their rows change."""

from django.db import models


class LayerBody(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    layer = models.CharField(max_length=40, db_index=True)
    plain_bytes = models.PositiveIntegerField()
    brotli_body = models.BinaryField()
    gzip_body = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.layer} {self.key[:8]}"
