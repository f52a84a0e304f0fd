"""Scripts and styles of the page: files of the package, no data."""

from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
_NAMES = {path.name: path for path in FOLDER.iterdir() if path.suffix in _TYPES}

router = APIRouter()


@router.get("/static/{name}")
def static(name: str) -> FileResponse:
    """The file of that name. Pages ask for it with the version of the package, so browsers may keep it."""
    if name not in _NAMES:
        raise HTTPException(404, "there is no such file")
    path = _NAMES[name]
    return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": "private, max-age=86400"})
