"""Files that were sent: kept, named, and given back."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.shells.playground.telegram.errors import bad, mistake
from bot.shells.playground.telegram.records import Json

MOST_BYTES_OF_PICTURE = 10 * 2**20
MOST_BYTES_OF_FILE = 50 * 2**20


@dataclass(frozen=True)
class Upload:
    """A file in a call."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"


class Files:
    def __init__(self) -> None:
        self._files: dict[str, Upload] = {}

    def add(self, upload: Upload) -> str:
        """Keep a file; its file_id."""
        if not upload.data:
            raise mistake("file must be non-empty")
        if len(upload.data) > MOST_BYTES_OF_FILE:
            raise mistake("file is too big")
        file_id = f"file-{len(self._files) + 1}"
        self._files[file_id] = upload
        return file_id

    def get(self, file_id: str) -> Upload:
        if file_id not in self._files:
            raise bad("wrong file identifier/HTTP URL specified")
        return self._files[file_id]

    def describe(self, file_id: str) -> Json:
        """What getFile answers. A unique id, as bots may compare it, is another one than the file_id."""
        return {
            "file_id": file_id,
            "file_unique_id": f"unique-{file_id}",
            "file_size": len(self.get(file_id).data),
            "file_path": file_id,
        }

    def photo(self, source: Upload | str) -> list[Json]:
        """The sizes of a picture: of an upload, or of one that was sent before."""
        file_id = source if isinstance(source, str) else self.add(source)
        width, height = _size(self.get(file_id).data)
        return [_without_path(self.describe(file_id)) | {"width": width, "height": height}]

    def document(self, source: Upload | str) -> Json:
        file_id = source if isinstance(source, str) else self.add(source)
        upload = self.get(file_id)
        return _without_path(self.describe(file_id)) | {"file_name": upload.name, "mime_type": upload.mime}


def _without_path(described: Json) -> Json:
    return {key: value for key, value in described.items() if key != "file_path"}


def _size(data: bytes) -> tuple[int, int]:
    if len(data) > MOST_BYTES_OF_PICTURE:
        raise mistake("file is too big")
    try:
        with Image.open(BytesIO(data)) as picture:
            picture.verify()
            width, height = picture.size
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise mistake("IMAGE_PROCESS_FAILED") from error
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise mistake("PHOTO_INVALID_DIMENSIONS")
    return width, height
