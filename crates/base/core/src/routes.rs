//! Routes: none can be registered without naming its action.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};

use crate::{Action, App, Cx, Fault};

/// How a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteKind {
    /// HTML for people.
    Page,
    /// JSON for machines.
    Api,
}

/// A registered route.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The method.
    pub method: Method,
    /// The path, with `{names}`.
    pub path: &'static str,
    /// What it does, by the who-may table.
    pub action: Action,
    /// How it answers.
    pub kind: RouteKind,
}

/// A capability's routes. Each call takes the action, and puts its gate before the handler.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    list: Vec<RouteInfo>,
}

impl Routes {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page to look at.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, MethodFilter::GET, path, action, RouteKind::Page, handler)
    }

    /// A form to send.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, MethodFilter::POST, path, action, RouteKind::Page, handler)
    }

    /// A route of the JSON API.
    #[must_use]
    pub fn api<H, T>(self, method: Method, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        // An unknown method falls to GET; the list keeps what was asked, and the route test would not find it.
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        self.add(method, filter, path, action, RouteKind::Api, handler)
    }

    fn add<H, T>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        action: Action,
        kind: RouteKind,
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let gate = from_fn(move |request: Request, next: Next| gate(action, request, next));
        self.router = self.router.route(path, on(filter, handler).layer(gate));
        self.list.push(RouteInfo {
            method,
            path,
            action,
            kind,
        });
        self
    }

    /// Joins another set.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.list.extend(other.list);
        self
    }

    /// The list, for tests, navigation and documentation.
    #[must_use]
    pub fn list(&self) -> &[RouteInfo] {
        &self.list
    }

    /// The router and the list.
    pub fn into_parts(self) -> (Router<App>, Vec<RouteInfo>) {
        (self.router, self.list)
    }
}

/// Before the handler: could this actor do this to anything at all? The handler asks again with the subject at hand.
async fn gate(action: Action, mut request: Request, next: Next) -> Response {
    let Some(cx) = request.extensions_mut().get_mut::<Cx>() else {
        return Fault::internal("a route outside the request layer").into_response();
    };
    cx.action = Some(action);
    if let Err(denied) = cx.app.rules.reaches(&cx.actor, action) {
        return Fault::from(denied).into_response();
    }
    next.run(request).await
}
