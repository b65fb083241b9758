"""What a partner does, for locust: reads about the data, looks at tiles, takes a file away; now and then."""

import os

from locust import FastHttpUser, between, task

DOWNLOAD = os.environ["MAILLAGE_BENCH_DOWNLOAD"]


class Partner(FastHttpUser):
    wait_time = between(3, 7)
    network_timeout = connection_timeout = 10

    @task(3)
    def download(self):
        self.client.get(DOWNLOAD, name="download")

    @task(2)
    def catalogue(self):
        self.client.get("/donnees/", name="page")

    @task(2)
    def layer(self):
        self.client.get("/donnees/cercles/", name="page")

    @task(3)
    def tile(self):
        self.client.get("/tiles/cercles/6/31/29.mvt", name="tile")
