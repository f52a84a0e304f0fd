"""The page without Airflow: on loopback, for whoever holds the token."""

import hmac
from collections.abc import Callable

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from media_monitor.config import Settings
from media_monitor.web import app

COOKIE = "media_monitor"
HOSTS = ["127.0.0.1", "localhost"]  # by another name a request was led here through a rebound name


def create(settings: Callable[[], Settings], token: str) -> FastAPI:
    """The application: `/enter?token=…` lets a browser in, all else needs the cookie that it gives."""
    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    outer.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)

    def known(request: Request) -> None:
        if not _same(request.cookies.get(COOKIE, ""), token):
            raise HTTPException(401, "open the address that `media-monitor serve` printed")

    @outer.get("/enter")
    def enter(token_given: str = Depends(_given)) -> RedirectResponse:
        if not _same(token_given, token):
            raise HTTPException(401, "this token is not the one that `media-monitor serve` printed")
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(COOKIE, token, httponly=True, samesite="strict")
        return response

    outer.mount("/", app.create(settings, readers=[Depends(known)]))
    return outer


def _given(token: str = "") -> str:
    return token


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
