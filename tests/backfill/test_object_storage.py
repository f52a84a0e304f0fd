"""Sources in object storage: a real S3 server on loopback."""

from datetime import UTC, datetime

import boto3
import pytest
from moto.server import ThreadedMotoServer
from tests.backfill import archive

from media_monitor.backfill import dividing, work
from media_monitor.backfill.request import Request
from media_monitor.backfill.tally import Tally
from media_monitor.collect.sandbox import Sandbox
from media_monitor.errors import StorageError

ROWS = archive.rows(12)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    """A bucket with lines, compressed lines and Parquet; credentials by the environment, as on any machine."""
    for name, value in (("ACCESS_KEY_ID", "reader"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "eu-west-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    client = boto3.client("s3")
    client.create_bucket(Bucket="news", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    archive.lines(tmp_path / "a.jsonl", ROWS[:4])
    archive.lines(tmp_path / "b.jsonl.gz", ROWS[4:8])
    archive.columnar(tmp_path / "c.parquet", ROWS[8:])
    for path in tmp_path.iterdir():
        client.upload_file(str(path), "news", f"2025/{path.name}")
    client.close()
    yield tmp_path
    server.stop()


def read(source):
    """Articles of the source by part, as a worker reads them."""
    request, tally = Request((str(source),)), Tally()
    parts, _ = dividing.parts(request)
    wanted = work.job(archive.settings(archive.GOLD), request, NOW)
    with Sandbox(20) as sandbox:
        return [list(work.read(part, wanted, sandbox, tally)) for part in parts], [p.files[0] for p in parts], tally


@pytest.mark.filterwarnings("ignore")  # of botocore and its event loop, about themselves
def test_a_bucket_is_read_as_a_folder_is(bucket):
    there, names, tally = read("s3://news/2025/")
    here, _, _ = read(bucket)
    assert there == here
    assert sum(map(len, there)) == 12
    assert names == [f"s3://news/2025/{name}" for name in ("a.jsonl", "b.jsonl.gz", "c.parquet")]
    assert tally.faults == []
    assert read("s3://news/2025/*.parquet")[0] == [here[2]]
    with pytest.raises(StorageError, match=r"s3://other/x\.jsonl: there is no such file or folder"):
        read("s3://other/x.jsonl")
